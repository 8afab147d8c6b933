package fr.interophub.sav;

import fr.interophub.BaseDEssai;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Parc;
import fr.interophub.rdv.PlanDeCharge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The SAV room put together as {@link SavWiring} does, over a memory or over a store of the tests. */
public final class SavDEssai {

    public static final Catalogue CATALOGUE = Catalogue.load();
    public static final String OI = "900000001";
    static final Operateur OCXA = oc("OCXA", "910000009", Map.of());
    static final Operateur OCXB = oc("OCXB", "920000007", Map.of());

    static final Transactions NONE = new Transactions() {
        @Override
        public <T> T run(Supplier<T> work) {
            return work.get();
        }
    };

    private SavDEssai() {}

    /** An OC with these values under {@code sav} in its contract. */
    static Operateur oc(String code, String siren, Map<String, ?> sav) {
        return oc(code, siren, sav, "2.1");
    }

    /** The same, which speaks this version of SAV. */
    static Operateur oc(String code, String siren, Map<String, ?> sav, String version) {
        return new Operateur(
                code,
                "OC " + code,
                siren,
                true,
                Map.of("acces", "1.2", "sav", version),
                null,
                null,
                Contrat.of(Map.of("sav", sav)));
    }

    /** An order whose access is not in service yet. */
    public static Lot ordered(String operateur, String prestation, Instant now) {
        Dossier order =
                Dossier.open("commande", "acces", "1.2", operateur, "CMD-" + prestation, null, "ROUTE_FOURNIE", now);
        Lot lot = new Lot("rest");
        lot.open(order);
        lot.refer(order, "ReferencePrestationPrise", prestation);
        lot.refer(order, "ReferencePrise", "PTO-" + prestation);
        return lot;
    }

    static Signalisations memoire(Registre registre, Parc parc, Tickets tickets, Creneaux creneaux, Clock clock) {
        return memoire(registre, parc, tickets, creneaux, Alertes.SILENCE, clock);
    }

    static Signalisations memoire(
            Registre registre, Parc parc, Tickets tickets, Creneaux creneaux, Alertes alertes, Clock clock) {
        return of(registre, parc, tickets, creneaux, alertes, clock);
    }

    public static Signalisations of(BaseDEssai base, Registre registre, Parc parc, Creneaux creneaux, Clock clock) {
        return of(registre, parc, new JdbcTickets(base.jdbc()), creneaux, Alertes.SILENCE, clock);
    }

    private static Signalisations of(
            Registre registre, Parc parc, Tickets tickets, Creneaux creneaux, Alertes alertes, Clock clock) {
        return new Signalisations(
                CATALOGUE,
                new Signalisations.Voisins(
                        registre, parc, tickets, creneaux, AnnuaireDEssai.memoire(List.of(OCXA, OCXB)), alertes),
                clock,
                new Signalisations.Reglages("OIDE", OI, "rest"));
    }

    static ServicePlanDeCharge planDeCharge(
            PlanDeCharge plan, RendezvousPris pris, Transactions transactions, Clock clock) {
        return new ServicePlanDeCharge(
                CATALOGUE,
                plan,
                pris,
                transactions,
                clock,
                new ServicePlanDeCharge.Reglages("OIDE", OI, Duration.ofMinutes(30)));
    }
}
