package fr.interophub.bacasable;

import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An OC at a real door of the hub: leaves files, takes and deletes those that the hub has for it. What is said between two
 * drops shares one file per flux. Not for several threads.
 */
final class OcSimule implements AutoCloseable {

    /**
     * Something this OC said.
     *
     * @param ligne the physical line of its file, the header being line 1; {@link #ENTIER} for the whole file
     */
    record Depot(String fichier, int ligne) {
        static final int ENTIER = 0;
    }

    /**
     * Something this OC was told: a flux and its fields.
     *
     * @param trahit what the file it came in gives away of another OC
     */
    record Recu(String flux, Issue issue, Map<String, String> champs, Optional<String> trahit) {}

    private record Fichier(String nom, byte[] octets) {}

    private static final Logger LOG = LoggerFactory.getLogger(OcSimule.class);

    private final Portes portes;
    private final Portes.Compte compte;
    private final Dialecte dialecte;
    private final Clock clock;
    private final String run;
    private final Casier casier;

    private final Map<String, List<Map<String, String>>> toSay = new LinkedHashMap<>();
    private final Map<String, String> nameOfNext = new HashMap<>();
    private final List<Fichier> toDrop = new ArrayList<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Set<String> notOurs = new HashSet<>();
    private final Map<String, List<Recu>> heard = new HashMap<>();
    private Set<String> autres = Set.of();
    private int files;

    OcSimule(Portes portes, Portes.Compte compte, Dialecte dialecte, Clock clock, String run) {
        this.portes = portes;
        this.compte = compte;
        this.dialecte = dialecte;
        this.clock = clock;
        this.run = run;
        casier = portes.casierAcces(compte);
    }

    String operateur() {
        return compte.operateur();
    }

    /** What names the other OCs, which nothing that this one receives may hold (spec §5.10). */
    void mustNotRead(Set<String> autres) {
        this.autres = autres;
    }

    /** Says something; it leaves with the next {@link #drop}. */
    Depot say(String flux, Map<String, String> champs) {
        List<Map<String, String>> lines = toSay.computeIfAbsent(flux, any -> new ArrayList<>());
        lines.add(champs);
        return new Depot(nameOfNext.computeIfAbsent(flux, this::newName), lines.size() + 1);
    }

    /**
     * Drops a whole file as it is, under a name of its own.
     *
     * @param sample its place under {@code samples/acces-1.2}
     */
    Depot sayFile(String sample) throws IOException {
        String name = newName(sample.replaceAll("[^A-Za-z0-9]+", "-").replaceFirst("-csv$", ""));
        try (InputStream in = OcSimule.class.getResourceAsStream("/samples/acces-1.2/" + sample)) {
            if (in == null) {
                throw new IllegalArgumentException("aucun exemple samples/acces-1.2/" + sample);
            }
            toDrop.add(new Fichier(name, in.readAllBytes()));
        }
        return new Depot(name, Depot.ENTIER);
    }

    /** {@code OIDE_OCXA_CMD_ACCES_V12_20260131_0K3F9A-0001.csv}: no two alike, from one start to the next. */
    private String newName(String flux) {
        return "%s_%s_%s_V12_%s_%s-%04d.csv"
                .formatted(
                        portes.oi(),
                        compte.operateur(),
                        flux.toUpperCase(Locale.ROOT),
                        LocalDateTime.ofInstant(clock.instant(), Specimen.PARIS)
                                .format(DateTimeFormatter.BASIC_ISO_DATE),
                        run,
                        ++files);
    }

    /** Drops everything said since the last time, one file per flux. A file that could not be dropped is kept for later. */
    void drop() throws IOException {
        toSay.forEach((flux, lines) -> toDrop.add(new Fichier(nameOfNext.get(flux), dialecte.write(flux, lines))));
        toSay.clear();
        nameOfNext.clear();
        while (!toDrop.isEmpty()) {
            casier.drop(toDrop.get(0).nom(), toDrop.get(0).octets());
            toDrop.remove(0);
        }
    }

    /** Takes what the hub has for us; true if there was something. */
    boolean take() throws IOException {
        boolean something = false;
        for (String name : casier.list()) {
            something |= !notOurs.contains(name) && take(name);
        }
        return something;
    }

    private boolean take(String name) throws IOException {
        byte[] bytes = casier.read(name);
        // The hub may write a file again, same name and same bytes, when it does not know whether it was written.
        if (!Integer.valueOf(Arrays.hashCode(bytes)).equals(taken.get(name))) {
            List<Ligne> lines;
            try {
                lines = dialecte.read(bytes);
            } catch (FichierIllisible e) {
                LOG.warn("{} : fichier illisible, laissé en place : {} ({})", compte.operateur(), name, e.getMessage());
                notOurs.add(name);
                return false;
            }
            // A newcomer may play by hand under the same account: what answers them is theirs to take.
            if (!lines.stream().allMatch(OcSimule::ours)) {
                notOurs.add(name);
            }
            Optional<String> trahit = betrayed(name, bytes);
            lines.forEach(line -> remember(line, trahit));
            taken.put(name, Arrays.hashCode(bytes));
        }
        if (!notOurs.contains(name)) {
            casier.remove(name);
        }
        return true;
    }

    private static boolean ours(Ligne line) {
        Map<String, String> champs = line.champs();
        return champs.getOrDefault("ReferenceCommandePriseInterneOC", "").startsWith(Specimen.MARQUE)
                || champs.getOrDefault("ReferenceDemandeOC", "").startsWith(Specimen.MARQUE);
    }

    private Optional<String> betrayed(String name, byte[] bytes) {
        String all = (name + "\n" + new String(bytes, StandardCharsets.UTF_8)).toUpperCase(Locale.ROOT);
        return autres.stream()
                .filter(nom -> all.contains(nom.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private void remember(Ligne line, Optional<String> trahit) {
        Recu recu = new Recu(line.feuille().flux().code(), line.issue(), line.champs(), trahit);
        for (String champ : Vie.REFERENCES) {
            String reference = recu.champs().get(champ);
            if (reference != null) {
                heard.computeIfAbsent(reference, any -> new ArrayList<>()).add(recu);
            }
        }
    }

    /** Everything heard about a reference of any kind, oldest first. */
    List<Recu> heard(String reference) {
        return heard.getOrDefault(reference, List.of());
    }

    /** Forgets a dossier that is over. */
    void forget(Vie vie) {
        Vie.REFERENCES.forEach(champ -> heard.remove(vie.get(champ)));
    }

    /** Ends the connection; the next drop opens another. */
    void hangUp() {
        casier.hangUp();
    }

    @Override
    public void close() {
        casier.close();
    }
}
