package fr.interophub.parc;

import fr.interophub.parc.Acces.Etat;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link Parc} in memory, for tests of the rules; it keeps the same contract as the database. */
public final class MemoireParc implements Parc {

    private final Map<String, Acces> all = new TreeMap<>();

    @Override
    public void hold(Collection<String> prises) {}

    @Override
    public void holdAll() {}

    @Override
    public List<Acces> listEnService(Collection<String> prises) {
        return all.values().stream()
                .filter(acces -> acces.etat() == Etat.EN_SERVICE
                        && acces.prise() != null
                        && prises.stream().anyMatch(acces.prise()::equalsIgnoreCase))
                .toList();
    }

    @Override
    public Optional<Acces> find(String operateur, String prestation) {
        return findForUpdate(operateur, prestation);
    }

    @Override
    public List<Acces> listBehind(String pm) {
        return all.values().stream()
                .filter(acces -> acces.etat() == Etat.EN_SERVICE
                        && pm.equalsIgnoreCase(acces.site().pm()))
                .sorted(Comparator.comparing(Acces::operateur))
                .toList();
    }

    @Override
    public Optional<Acces> findForUpdate(String operateur, String prestation) {
        return list(operateur, List.of(prestation)).stream().findFirst();
    }

    @Override
    public List<Acces> list(String operateur, Collection<String> prestations) {
        return all.values().stream()
                .filter(acces -> acces.operateur().equals(operateur)
                        && prestations.stream().anyMatch(acces.prestation()::equalsIgnoreCase))
                .toList();
    }

    @Override
    public List<Acces> list(String prestation) {
        return all.values().stream()
                .filter(acces -> acces.prestation().equalsIgnoreCase(prestation))
                .toList();
    }

    @Override
    public void write(Collection<Acces> acces) {
        acces.forEach(one -> all.put(key(one), one));
    }

    @Override
    public void end(Collection<Acces> acces, Etat etat) {
        acces.forEach(one -> all.computeIfPresent(
                key(one),
                (key, known) -> known.etat() != Etat.EN_SERVICE
                        ? known
                        : new Acces(
                                known.operateur(),
                                known.prestation(),
                                known.prise(),
                                known.site(),
                                known.dateMes(),
                                known.gtr(),
                                known.partagee(),
                                etat,
                                known.dossierId())));
    }

    @Override
    public void remove(Acces acces) {
        all.remove(key(acces));
    }

    private static String key(Acces acces) {
        return acces.prestation().toUpperCase(Locale.ROOT) + "\n" + acces.operateur();
    }
}
