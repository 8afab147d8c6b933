package fr.interophub.acces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Ids;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Ouverture;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transactions;
import fr.interophub.echange.Transmission;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.MemoireParc;
import fr.interophub.parc.Parc;
import fr.interophub.rdv.MemoirePlan;
import fr.interophub.rdv.PlanDeCharge;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The order room without a database, an operator and files to try it with. */
final class Essai {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneId.of("Europe/Paris"));

    static final Operateur OCXA = new Operateur("OCXA", "OC Alpha", "910000009", true, null, null, null, null);

    static final Operateur OCXB = new Operateur("OCXB", "OC Bêta", "920000007", true, null, null, null, null);

    static final List<Operateur> OCS = List.of(OCXA, OCXB);

    private static final Transactions NONE = new Transactions() {
        @Override
        public <T> T run(Supplier<T> work) {
            return work.get();
        }
    };

    private Essai() {}

    static Commandes commandes(Catalogue catalogue, Registre registre, Alertes alertes) {
        return commandes(catalogue, registre, alertes, CLOCK);
    }

    static Commandes commandes(Catalogue catalogue, Registre registre, Alertes alertes, Clock clock) {
        return commandes(catalogue, registre, new MemoireParc(), new MemoirePlan(), OCS, List.of(), alertes, clock);
    }

    static Commandes commandes(
            Catalogue catalogue,
            Registre registre,
            Parc parc,
            PlanDeCharge plan,
            List<Operateur> ocs,
            List<Controle> controles,
            Alertes alertes,
            Clock clock) {
        return commandes(catalogue, registre, parc, plan, ocs, controles, alertes, clock, "1.2");
    }

    static Commandes commandes(
            Catalogue catalogue,
            Registre registre,
            Parc parc,
            PlanDeCharge plan,
            List<Operateur> ocs,
            List<Controle> controles,
            Alertes alertes,
            Clock clock,
            String siVersion) {
        AtomicLong counter = new AtomicLong();
        Annuaire annuaire = AnnuaireDEssai.memoire(ocs);
        return new Commandes(
                catalogue,
                new Commandes.Voisins(
                        registre, parc, plan, annuaire, (nom, combien) -> counter.getAndAdd(combien) + 1, alertes),
                controles,
                lot -> {},
                NONE,
                clock,
                new Commandes.Reglages("OIDE", "rest", siVersion));
    }

    /** An OC that speaks this version. */
    static Operateur version(Operateur oc, String version) {
        return new Operateur(oc.code(), oc.nom(), oc.siren(), true, Map.of("acces", version), null, null, oc.contrat());
    }

    /** An OC with these contract values. */
    static Operateur contrat(Operateur oc, Map<String, ?> values) {
        return new Operateur(oc.code(), oc.nom(), oc.siren(), true, null, null, null, Contrat.of(values));
    }

    /** The same, the values being JSON. */
    static Operateur contrat(Operateur oc, String json) {
        try {
            return contrat(oc, new ObjectMapper().readValue(json, new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Lines of one flux as if they had come in a file at this moment, the header being line 1. */
    static LotDeLignes lot(
            Catalogue catalogue, Operateur operateur, String flux, List<Map<String, String>> lines, Instant recu) {
        String version = operateur.versions().get("acces");
        FluxSheet sheet = Feuilles.of(catalogue.page("acces", version), flux, operateur);
        List<Ligne> lignes = new ArrayList<>();
        for (Map<String, String> line : lines) {
            lignes.add(sheet.ligne(lignes.size() + 2, line));
        }
        Transmission file = new Transmission(
                Ids.next(),
                Sens.ENTRANT,
                operateur.code(),
                "SFTP",
                flux + ".csv",
                "",
                0,
                "acces",
                flux,
                version,
                (long) lines.size(),
                0,
                Acheminement.RECU,
                null,
                recu,
                null);
        Ouverture ouverture = new Ouverture(
                null, file, operateur, new CsvFile.FileForm(sheet, StandardCharsets.UTF_8, new int[0], lines.size()));
        return new LotDeLignes(ouverture, 0, lignes, false);
    }
}
