package fr.interophub.acces;

import fr.interophub.BaseDEssai;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.EchangeDEssai;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.ParcDEssai;
import fr.interophub.rdv.RdvDEssai;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The order room over a store of the tests, and two threads that go through it at the same moment. */
final class Course implements AutoCloseable {

    private static final long LIMIT = 60;

    final Commandes commandes;
    private final ExecutorService two = Executors.newFixedThreadPool(2);

    Course(BaseDEssai base, Clock clock, List<Operateur> ocs) {
        EchangeDEssai echange = new EchangeDEssai(base, clock);
        commandes = new Commandes(
                Salle.CATALOGUE,
                new Commandes.Voisins(
                        echange.registre(),
                        ParcDEssai.parc(base, clock),
                        RdvDEssai.plan(base),
                        AnnuaireDEssai.memoire(ocs),
                        echange.compteurs(),
                        Alertes.SILENCE),
                List.of(),
                lot -> {},
                base.transactions(),
                clock,
                new Commandes.Reglages("OIDE", "rest", "1.2"));
    }

    /** Both begin together; what the first gives. */
    <T> T together(Callable<T> one, Runnable other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Future<T> first = two.submit(() -> {
            start.await();
            return one.call();
        });
        Future<?> second = two.submit(() -> {
            start.await();
            other.run();
            return null;
        });
        second.get(LIMIT, TimeUnit.SECONDS);
        return first.get(LIMIT, TimeUnit.SECONDS);
    }

    void together(Runnable one, Runnable other) throws Exception {
        together(Executors.callable(one), other);
    }

    @Override
    public void close() {
        two.shutdownNow();
    }
}
