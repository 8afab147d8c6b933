package fr.interophub.infra;

import fr.interophub.BaseDEssai;
import fr.interophub.HorlogeDEssai;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.EchangeDEssai;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The room over a store of the tests. */
public final class InfraDEssai {

    private static final Catalogue CATALOGUE = Catalogue.load();

    private InfraDEssai() {}

    /** Makes a register what this text says. */
    public static Bilan load(BaseDEssai base, Inventaire inventaire, String csv) {
        return load(base, inventaire, csv, false);
    }

    /** The same, where rows that the text does not name stay. */
    static Bilan loadSome(BaseDEssai base, Inventaire inventaire, String csv) {
        return load(base, inventaire, csv, true);
    }

    private static Bilan load(BaseDEssai base, Inventaire inventaire, String csv, boolean partiel) {
        EchangeDEssai echange = new EchangeDEssai(base, new HorlogeDEssai("2026-11-20T10:00:00Z"));
        try {
            return new InfraWiring()
                    .chargements(CATALOGUE, base.jdbc(), echange.bulk(), base.transactions())
                    .load(
                            inventaire,
                            "essai.csv",
                            () -> new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                            partiel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The referential over what was loaded. */
    public static Referentiel referentiel(BaseDEssai base, Clock clock) {
        EchangeDEssai echange = new EchangeDEssai(base, clock);
        return new InfraWiring().referentiel(base.jdbc(), echange.bulk(), echange.compteurs(), clock, "OIDE");
    }

    /** Loads a network in which each of these orders may have a route. */
    public static void network(BaseDEssai base, Terrain terrain) {
        terrain.fichiers().forEach((inventaire, csv) -> {
            Bilan bilan = load(base, inventaire, csv);
            if (!bilan.pris()) {
                throw new IllegalArgumentException(bilan.toString());
            }
        });
    }
}
