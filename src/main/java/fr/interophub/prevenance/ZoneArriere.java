package fr.interophub.prevenance;

import fr.interophub.parc.Acces;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What lies behind a PM: for each OC, the addresses that it serves there, in the spelling of the register. Addresses are
 * compared whatever their case, accents, punctuation and spaces.
 */
final class ZoneArriere {

    /** By OC: the addresses to tell, by the form in which they are compared. */
    private final Map<String, Map<String, String>> adresses = new TreeMap<>();

    private final List<String> sansAcces = new ArrayList<>();
    private int sansAdresse;

    /**
     * @param acces what is in service behind the PM
     * @param annoncees the addresses concerned; none: all. An access that nobody can place is concerned by works on the whole PM,
     *     and named by its prestation
     */
    ZoneArriere(List<Acces> acces, List<String> annoncees) {
        Set<String> wanted = annoncees.stream().map(ZoneArriere::normalise).collect(Collectors.toSet());
        for (Acces one : acces) {
            String adresse = one.site().adresse();
            if (adresse == null && !wanted.isEmpty()) {
                sansAdresse++;
            } else if (adresse == null) {
                add(one, "accès " + one.prestation());
            } else if (wanted.isEmpty() || wanted.contains(normalise(adresse))) {
                add(one, adresse);
            }
        }
        annoncees.stream()
                .filter(adresse ->
                        adresses.values().stream().noneMatch(served -> served.containsKey(normalise(adresse))))
                .forEach(sansAcces::add);
    }

    private void add(Acces acces, String adresse) {
        adresses.computeIfAbsent(acces.operateur(), any -> new TreeMap<>()).putIfAbsent(normalise(adresse), adresse);
    }

    /** The OCs, in the order of their codes. */
    Set<String> operateurs() {
        return adresses.keySet();
    }

    /** What this OC is told, and nobody else. */
    List<String> adresses(String operateur) {
        return List.copyOf(adresses.get(operateur).values());
    }

    /** What was announced, and where nobody has an access. */
    List<String> sansAcces() {
        return sansAcces;
    }

    /** How many accesses could not be compared, since nobody has said where they are. */
    int sansAdresse() {
        return sansAdresse;
    }

    private static String normalise(String adresse) {
        return Normalizer.normalize(adresse, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip()
                .toUpperCase(Locale.ROOT);
    }
}
