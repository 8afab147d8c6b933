package fr.interophub.sav;

import fr.interophub.BaseDEssai;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Parc;
import fr.interophub.rdv.PlanDeCharge;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The SAV room put together as {@link SavWiring} does, over a memory or over a store of the tests. */
public final class SavDEssai {

    public static final Catalogue CATALOGUE = Catalogue.load();
    static final String OI = "900000001";
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
        return new Operateur(code, "OC " + code, siren, true, null, null, null, Contrat.of(Map.of("sav", sav)));
    }

    static Signalisations memoire(Registre registre, Parc parc, Tickets tickets, Creneaux creneaux, Clock clock) {
        return of(registre, parc, tickets, creneaux, NONE, clock);
    }

    public static Signalisations of(BaseDEssai base, Registre registre, Parc parc, Creneaux creneaux, Clock clock) {
        return of(registre, parc, new JdbcTickets(base.jdbc()), creneaux, base.transactions(), clock);
    }

    private static Signalisations of(
            Registre registre, Parc parc, Tickets tickets, Creneaux creneaux, Transactions transactions, Clock clock) {
        return new Signalisations(
                CATALOGUE,
                new Signalisations.Voisins(registre, parc, tickets, creneaux),
                transactions,
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
