package fr.interophub.echange;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Fichiers;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Page;
import fr.interophub.echange.Journal.Etiquette;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Groups the lines that must leave into files: one operator, one flux, one version a file. Name, sequence and bytes are
 * committed before anything is written outside (front door, SFTP), so a file is only ever written again under the same
 * name with the same bytes. What leaves about one dossier leaves in order (decision Order-Per-Dossier).
 */
public final class Composition {

    private static final int LOTS_MAX = 2_000;
    private static final String MAIL = "MAIL";
    private static final DateTimeFormatter HEURE = DateTimeFormatter.ofPattern("HHmmss");

    private final Catalogue catalogue;
    private final Annuaire annuaire;
    private final Journal journal;
    private final JdbcTemplate jdbc;
    private final Bulk bulk;
    private final Transactions transactions;
    private final Clock clock;
    private final Reglages reglages;

    /**
     * @param oi our own quadrigramme
     * @param periode a line waits no longer than this for company
     * @param lignes a file holds no more than this many lines
     */
    public record Reglages(String oi, Duration periode, int lignes) {}

    Composition(
            Catalogue catalogue,
            Annuaire annuaire,
            Journal journal,
            JdbcTemplate jdbc,
            Bulk bulk,
            Transactions transactions,
            Clock clock,
            Reglages reglages) {
        this.catalogue = catalogue;
        this.annuaire = annuaire;
        this.journal = journal;
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.transactions = transactions;
        this.clock = clock;
        this.reglages = reglages;
    }

    /** A row of {@code ligne_a_emettre}, without its text. */
    private record Attente(
            long numero,
            UUID sortieId,
            String protocole,
            String flux,
            String version,
            UUID dossierId,
            int nombre,
            String entete) {}

    /** Lines that go into one file. */
    private static final class Groupe {
        private final Attente first;
        private final List<Attente> lots = new ArrayList<>();
        private int lignes;

        private Groupe(Attente first) {
            this.first = first;
        }

        private boolean takes(Attente lot, int max) {
            return first.flux.equals(lot.flux)
                    && first.version.equals(lot.version)
                    && first.protocole.equals(lot.protocole)
                    && Objects.equals(first.entete, lot.entete)
                    && lignes + lot.nombre <= max;
        }

        private void add(Attente lot) {
            lots.add(lot);
            lignes += lot.nombre;
        }
    }

    /**
     * Composes what is due, each operator in transactions of its own.
     *
     * @return how many files were composed
     */
    public int compose() {
        int files = 0;
        for (String operateur : due()) {
            if (!open(operateur)) {
                continue;
            }
            register(operateur);
            files += transactions.run(() -> compose(operateur));
        }
        return files;
    }

    /** Lines of an operator whose hours are over wait, and will share their files. */
    private boolean open(String operateur) {
        return annuaire.find(operateur)
                .filter(known -> known.contrat().horaires().emet(LocalDateTime.now(clock)))
                .isPresent();
    }

    private List<String> due() {
        return jdbc.queryForList(
                "select operateur from ligne_a_emettre group by operateur having min(cree_le) <= ? or sum(nombre) >= ?",
                String.class,
                JdbcBulk.toJdbc(clock.instant().minus(reglages.periode())),
                reglages.lignes());
    }

    private int compose(String code) {
        Operateur operateur = annuaire.find(code).orElse(null);
        if (operateur == null || !hold(code)) {
            return 0;
        }
        List<Groupe> groupes = group(operateur);
        for (Groupe groupe : groupes) {
            write(operateur, groupe);
        }
        return groupes.size();
    }

    private void register(String operateur) {
        if (jdbc.queryForList("select operateur from emission where operateur = ?", String.class, operateur)
                .isEmpty()) {
            try {
                jdbc.update("insert into emission (operateur) values (?)", operateur);
            } catch (DuplicateKeyException anotherNode) {
                // Just what we wanted.
            }
        }
    }

    /** Whoever holds the operator's row composes for it; another node passes on. */
    private boolean hold(String operateur) {
        return !jdbc.queryForList(
                        "select operateur from emission where operateur = ? for update skip locked",
                        String.class,
                        operateur)
                .isEmpty();
    }

    /**
     * Lines of one flux join, but a line never overtakes one of another flux about the same dossier: it joins no group
     * begun before the last group that its dossier is in. A lot of many dossiers counts for all of them.
     */
    private List<Groupe> group(Operateur operateur) {
        int own = operateur.contrat().lignesMaxSortant();
        int max = own == 0 ? reglages.lignes() : Math.min(own, reglages.lignes());
        List<Groupe> groupes = new ArrayList<>();
        Map<UUID, Integer> lastOf = new HashMap<>();
        int barrier = 0;
        int taken = 0;
        for (Attente lot : pending(operateur.code())) {
            if (taken > 0 && taken + lot.nombre > reglages.lignes()) {
                break;
            }
            int from = lot.dossierId == null
                    ? groupes.size() - 1
                    : Math.max(barrier, lastOf.getOrDefault(lot.dossierId, 0));
            int index = find(groupes, lot, Math.max(0, from), max);
            groupes.get(index).add(lot);
            taken += lot.nombre;
            if (lot.dossierId == null) {
                barrier = index;
            } else {
                lastOf.put(lot.dossierId, index);
            }
        }
        return groupes;
    }

    private int find(List<Groupe> groupes, Attente lot, int from, int max) {
        for (int i = from; i < groupes.size(); i++) {
            if (groupes.get(i).takes(lot, max)) {
                return i;
            }
        }
        groupes.add(new Groupe(lot));
        return groupes.size() - 1;
    }

    private List<Attente> pending(String operateur) {
        return jdbc.query(
                "select numero, sortie_id, protocole, flux, version, dossier_id, nombre, entete from ligne_a_emettre where"
                        + " operateur = ? order by numero limit " + LOTS_MAX,
                (row, i) -> new Attente(
                        row.getLong("numero"),
                        row.getObject("sortie_id", UUID.class),
                        row.getString("protocole"),
                        row.getString("flux"),
                        row.getString("version"),
                        row.getObject("dossier_id", UUID.class),
                        row.getInt("nombre"),
                        row.getString("entete")),
                operateur);
    }

    private void write(Operateur operateur, Groupe groupe) {
        Page page = catalogue.page(groupe.first.protocole, groupe.first.version);
        FluxSheet sheet = Feuilles.of(page, groupe.first.flux, operateur);
        // Lines written before headers were kept with them have none.
        String header = Objects.requireNonNullElse(groupe.first.entete, sheet.header());
        StringBuilder text = new StringBuilder(header).append('\n');
        List<Object[]> places = new ArrayList<>(groupe.lots.size());
        UUID[] lots = groupe.lots.stream().map(Attente::sortieId).toArray(UUID[]::new);
        Map<UUID, String> contents = contents(lots);
        long line = 2;
        for (Attente lot : groupe.lots) {
            text.append(contents.get(lot.sortieId));
            places.add(new Object[] {lot.sortieId, null, line});
            line += lot.nombre;
        }
        Transmission file = journal.emit(
                new Etiquette(
                        operateur.code(),
                        operateur.canal(page),
                        name(operateur, groupe.first, sheet, page.fichiers()),
                        groupe.first.protocole,
                        groupe.first.flux,
                        groupe.first.version),
                groupe.lignes,
                bytes(text.toString(), operateur, page.fichiers()));
        places.forEach(place -> place[1] = file.id());
        bulk.insert("sortie", List.of("id", "journal_id", "premiere_ligne"), places);
        if (file.canal().equals(MAIL)) {
            answers(file, lots);
        }
        jdbc.batchUpdate(
                "delete from ligne_a_emettre where numero = ?",
                groupe.lots.stream().map(lot -> new Object[] {lot.numero}).toList());
    }

    /** Notes which mails this file answers: those that its lines do, or all that came about a dossier that is spoken of anew. */
    private void answers(Transmission file, UUID[] lots) {
        jdbc.update(
                "insert into reponse (journal_id, entrant) select cast(? as uuid), entrant from (select l.reponse_a as entrant"
                        + " from ligne_a_emettre l where l.sortie_id = any(?) and l.reponse_a is not null union select"
                        + " m.journal_id from ligne_a_emettre l join message m on m.dossier_id = l.dossier_id where"
                        + " l.sortie_id = any(?) and l.reponse_a is null and m.sens = 'entrant' and m.canal = 'MAIL' and"
                        + " m.journal_id is not null) heard",
                statement -> {
                    statement.setObject(1, file.id());
                    statement.setArray(2, statement.getConnection().createArrayOf("uuid", lots));
                    statement.setArray(3, statement.getConnection().createArrayOf("uuid", lots));
                });
    }

    private static byte[] bytes(String text, Operateur operateur, Fichiers page) {
        String encodage = Optional.ofNullable(operateur.contrat().encodageSortant())
                .or(page::encodage)
                .orElse("UTF-8");
        String ended = page.finDeLigne().equals("\n") ? text : text.replaceAll("\r?\n", page.finDeLigne());
        return ended.getBytes(Charset.forName(encodage));
    }

    private Map<UUID, String> contents(UUID[] lots) {
        Map<UUID, String> contents = new HashMap<>();
        jdbc.query(
                "select sortie_id, contenu from ligne_a_emettre where sortie_id = any(?)",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", lots)),
                row -> {
                    contents.put(row.getObject("sortie_id", UUID.class), row.getString("contenu"));
                });
        return contents;
    }

    private String name(Operateur operateur, Attente lot, FluxSheet sheet, Fichiers page) {
        LocalDateTime now = LocalDateTime.now(clock);
        LocalDate today = now.toLocalDate();
        int sequence = nextSequence(operateur.code(), lot.flux, today);
        Contrat contrat = operateur.contrat();
        return contrat.nomsFichiers()
                .getOrDefault(lot.flux, page.nom().orElse(contrat.nomFichier()))
                .replace("{OI}", reglages.oi())
                .replace("{OC}", operateur.code())
                .replace("{FLUX}", sheet.flux().jeton())
                .replace("{VERSION}", "V" + lot.version.replace(".", ""))
                .replace("{AAAAMMJJ}", today.format(DateTimeFormatter.BASIC_ISO_DATE))
                .replace("{HHMMSS}", now.format(HEURE))
                .replace("{NNN}", "%03d".formatted(sequence))
                .replace("{NNNN}", "%04d".formatted(sequence));
    }

    private int nextSequence(String operateur, String flux, LocalDate day) {
        Integer last = jdbc
                .queryForList(
                        "select dernier from sequence_fichier where operateur = ? and flux = ? and jour = ?",
                        Integer.class,
                        operateur,
                        flux,
                        day)
                .stream()
                .findFirst()
                .orElse(null);
        int next = Objects.requireNonNullElse(last, 0) + 1;
        jdbc.update(
                last == null
                        ? "insert into sequence_fichier (dernier, operateur, flux, jour) values (?, ?, ?, ?)"
                        : "update sequence_fichier set dernier = ? where operateur = ? and flux = ? and jour = ?",
                next,
                operateur,
                flux,
                day);
        return next;
    }
}
