package fr.interophub.echange;

import fr.interophub.BaseDEssai;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.operateur.Annuaire;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** The parts of this room over a store of the tests, put together as {@link EchangeWiring} does. */
public final class EchangeDEssai {

    private final EchangeWiring wiring = new EchangeWiring();
    private final BaseDEssai base;
    private final Clock clock;

    public EchangeDEssai(BaseDEssai base, Clock clock) {
        this.base = base;
        this.clock = clock;
    }

    Bulk bulk() {
        try {
            return wiring.bulk(base.dataSource(), base.jdbc());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Registre registre() {
        return wiring.registre(base.jdbc(), bulk());
    }

    public Compteurs compteurs() {
        return wiring.compteurs(base.jdbc());
    }

    public Journal journal() {
        return wiring.journal(base.jdbc(), bulk(), base.transactions(), clock);
    }

    FileDAttente queue(String table) {
        return new FileDAttente(table, "noeud", base.jdbc(), base.transactions(), clock);
    }

    /** The queue of the demandes that the hub carries to the SI. */
    public FileDAttente demandesALivrer() {
        return new FileDAttente(
                "demande_a_livrer", "dossier_id", "message_id", "noeud", base.jdbc(), base.transactions(), clock);
    }

    public Quarantaines quarantaines(Alertes alertes) {
        return wiring.quarantaines(base.jdbc(), bulk(), alertes, base.transactions(), clock);
    }

    public Guichet guichet(Catalogue catalogue, Annuaire annuaire, Alertes alertes) {
        return new Guichet(
                queue("a_traiter"),
                journal(),
                quarantaines(alertes),
                catalogue,
                annuaire,
                base.jdbc(),
                base.transactions(),
                clock,
                1000);
    }

    public Emission emission(Annuaire annuaire) {
        return wiring.emission(
                queue("a_emettre"),
                annuaire,
                journal(),
                quarantaines(Alertes.SILENCE),
                base.jdbc(),
                base.transactions(),
                clock);
    }

    public Composition composition(Catalogue catalogue, Annuaire annuaire, Duration periode, int lignes) {
        return wiring.composition(
                catalogue,
                annuaire,
                journal(),
                base.jdbc(),
                bulk(),
                base.transactions(),
                clock,
                "OIDE",
                periode,
                lignes);
    }
}
