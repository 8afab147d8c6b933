package fr.interophub.rdv;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Takes the plan de charge that the SI gives. Runs in the caller's transaction. The same entry again changes nothing, an
 * entry of the same slot or day replaces it; appointments already taken stay.
 */
public final class Chargement {

    /** Most appointments of one slot. */
    private static final int CAPACITE_MAX = 10_000;

    private static final Duration CRENEAU_MAX = Duration.ofDays(1);

    private final JdbcTemplate jdbc;

    Chargement(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What becomes of an entry.
     *
     * @param motif with a KO: {@code CHAMP_VIDE} or {@code FORMAT}; null when it was taken
     * @param champ with a KO: the field that is wrong
     * @param detail in French; may be null when it was taken
     */
    public record Verdict(String motif, String champ, String detail) {
        /** Was the entry taken? */
        public boolean ok() {
            return motif == null;
        }
    }

    /** An entry that can be taken: a slot, or a day when {@code fin} is null. */
    private record Lue(
            int rang, String zone, Instant debut, Instant fin, int capacite, LocalDate jour, boolean ferme) {}

    /**
     * Takes entries, each for itself.
     *
     * @return what becomes of each, in their order
     */
    public List<Verdict> load(List<Entree> entrees) {
        holdPlan(jdbc);
        Verdict[] verdicts = new Verdict[entrees.size()];
        List<Lue> read = new ArrayList<>();
        for (int rang = 0; rang < verdicts.length; rang++) {
            try {
                read.add(read(rang, entrees.get(rang)));
            } catch (Faute faute) {
                verdicts[rang] = faute.verdict;
            }
        }
        // In the order in which slots are held; of two entries of one slot, the last wins.
        read.sort(Comparator.comparing(Lue::zone).thenComparing(Lue::debut).thenComparing(Lue::rang));
        read.forEach(entry -> verdicts[entry.rang()] = entry.fin() == null ? day(entry) : slot(entry));
        return List.of(verdicts);
    }

    /** Whoever adds to the plan does so alone; appointments are taken meanwhile. */
    static long holdPlan(JdbcTemplate jdbc) {
        return jdbc.queryForObject("select valeur from compteur where nom = 'rdv.calendrier' for update", Long.class);
    }

    private Verdict slot(Lue entry) {
        if (jdbc.update(
                        "update creneau set fin = ?, capacite = ? where zone = ? and debut = ?",
                        JdbcPlanDeCharge.utc(entry.fin()),
                        entry.capacite(),
                        entry.zone(),
                        JdbcPlanDeCharge.utc(entry.debut()))
                == 0) {
            insert(jdbc, entry.zone(), entry.debut(), entry.fin(), entry.capacite());
            return new Verdict(null, null, null);
        }
        int reserves = jdbc.queryForObject(
                "select reserves from creneau where zone = ? and debut = ?",
                Integer.class,
                entry.zone(),
                JdbcPlanDeCharge.utc(entry.debut()));
        return new Verdict(
                null,
                null,
                reserves > entry.capacite()
                        ? "%d rendez-vous y sont déjà pris, ils le restent".formatted(reserves)
                        : null);
    }

    static void insert(JdbcTemplate jdbc, String zone, Instant debut, Instant fin, int capacite) {
        jdbc.update(
                "insert into creneau (zone, debut, fin, capacite) values (?, ?, ?, ?)",
                zone,
                JdbcPlanDeCharge.utc(debut),
                JdbcPlanDeCharge.utc(fin),
                capacite);
    }

    private Verdict day(Lue entry) {
        jdbc.update("delete from jour_ferme where zone = ? and jour = ?", entry.zone(), entry.jour());
        if (entry.ferme()) {
            jdbc.update("insert into jour_ferme (zone, jour) values (?, ?)", entry.zone(), entry.jour());
        }
        return new Verdict(null, null, null);
    }

    private static Lue read(int rang, Entree entry) {
        String zone = required("zone", entry.zone()).toUpperCase(Locale.ROOT);
        if (!zone.equals(PlanDeCharge.PARTOUT) && !zone.matches("[0-9A-Z]{1," + Entree.ZONE_MAX + "}")) {
            throw new Faute(
                    "FORMAT", "zone", "zone : le début d'un code INSEE, ou *, lu « %s »".formatted(entry.zone()));
        }
        if (entry.jour() != null) {
            if (entry.debut() != null || entry.fin() != null || entry.capacite() != null) {
                throw new Faute("FORMAT", "jour", "une entrée est un jour, ou un créneau, pas les deux");
            }
            LocalDate jour = jour(entry.jour());
            required("ferme", entry.ferme() == null ? null : entry.ferme().toString());
            return new Lue(rang, zone, Instant.EPOCH, null, 0, jour, entry.ferme());
        }
        Instant debut = date("debut", required("debut", entry.debut()));
        Instant fin = date("fin", required("fin", entry.fin()));
        if (!fin.isAfter(debut) || fin.isAfter(debut.plus(CRENEAU_MAX))) {
            throw new Faute("FORMAT", "fin", "fin : après debut, d'un jour au plus, lu « %s »".formatted(entry.fin()));
        }
        required("capacite", entry.capacite() == null ? null : entry.capacite().toString());
        if (entry.capacite() < 0 || entry.capacite() > CAPACITE_MAX) {
            throw new Faute(
                    "FORMAT", "capacite", "capacite : de 0 à %d, lu %d".formatted(CAPACITE_MAX, entry.capacite()));
        }
        return new Lue(rang, zone, debut, fin, entry.capacite(), null, false);
    }

    private static String required(String champ, String valeur) {
        if (valeur == null || valeur.isBlank()) {
            throw new Faute("CHAMP_VIDE", champ, champ + " manque");
        }
        return valeur.strip();
    }

    private static Instant date(String champ, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Faute(
                    "FORMAT",
                    champ,
                    "%s : « %s » n'est pas une date comme 2026-12-01T08:00:00+01:00".formatted(champ, text));
        }
    }

    private static LocalDate jour(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            throw new Faute("FORMAT", "jour", "jour : « %s » n'est pas un jour comme 2026-12-25".formatted(text));
        }
    }

    /** What is wrong with an entry. */
    private static final class Faute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Verdict verdict;

        private Faute(String motif, String champ, String detail) {
            super(detail, null, false, false);
            this.verdict = new Verdict(motif, champ, detail);
        }
    }
}
