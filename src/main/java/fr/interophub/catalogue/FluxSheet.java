package fr.interophub.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The columns of one flux in one version, possibly as one operator's contract changes them: recognises a header, checks a
 * line, gives the order in which a line is written (decision Sheet-Reads-Sheet-Writes; spec Accès 1.2 §0.3, §1, §3).
 *
 * <p>Immutable; meant to be shared between threads. Conditions are compiled on column indexes once, when the sheet is made.
 */
public final class FluxSheet {

    private static final int SHOWN = 80;

    /** A condition on column indexes: every {@code columns[i]} must hold one of {@code values[i]}, or be filled if null. */
    private record Compiled(int[] columns, String[][] values) {

        boolean holds(String[] line) {
            for (int i = 0; i < columns.length; i++) {
                if (!holds(line[columns[i]], values[i])) {
                    return false;
                }
            }
            return true;
        }

        private static boolean holds(String value, String[] wanted) {
            if (wanted == null) {
                return !value.isEmpty();
            }
            for (var one : wanted) {
                if (one.equals(value)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final Flux flux;
    private final String protocole;
    private final String version;
    private final List<Champ> champs;
    private final Set<String> absents;
    private final Equivalences equivalences;
    private final boolean souple;
    private final Map<FluxSheet, Traduction> traductions = new ConcurrentHashMap<>();
    private final Map<String, Integer> exact;
    private final Map<String, Integer> tolerant;
    /** Indexes in the page's own order, so that a fingerprint does not depend on a partner's order. */
    private final int[] canonicalOrder;

    // what check() needs, column by column
    private final boolean[] absent;
    private final Forme[] formes;
    private final boolean[] freeText;
    private final int[] lengths;
    private final Compiled[] mandatory;
    private final Compiled[] forbidden;

    // what Ligne needs to write itself
    final String[] jsonKeys;
    final int[] written;
    private final String header;
    private final int reference;
    private final int etat;
    private final int[] ouEtats;

    /** @param souple see {@link Fichiers#souple()} */
    FluxSheet(
            Flux flux,
            String protocole,
            String version,
            List<Champ> champs,
            Equivalences equivalences,
            boolean souple) {
        this(flux, protocole, version, champs, equivalences, souple, Set.of(), identity(champs.size()));
    }

    private FluxSheet(
            Flux flux,
            String protocole,
            String version,
            List<Champ> champs,
            Equivalences equivalences,
            boolean souple,
            Set<String> absents,
            int[] canonicalOrder) {
        this.flux = flux;
        this.protocole = protocole;
        this.version = version;
        this.champs = List.copyOf(champs);
        this.equivalences = equivalences;
        this.souple = souple;
        this.absents = Set.copyOf(absents);
        this.canonicalOrder = canonicalOrder;
        int size = champs.size();
        exact = new HashMap<>();
        tolerant = new HashMap<>();
        for (int i = 0; i < size; i++) {
            exact.put(champs.get(i).nom(), i);
            tolerant.put(Entetes.normalise(champs.get(i).nom()), i);
        }
        for (int i = 0; i < size; i++) {
            for (var alias : champs.get(i).alias()) {
                tolerant.putIfAbsent(Entetes.normalise(alias), i);
            }
        }
        absent = new boolean[size];
        formes = new Forme[size];
        freeText = new boolean[size];
        lengths = new int[size];
        mandatory = new Compiled[size];
        forbidden = new Compiled[size];
        jsonKeys = new String[size];
        for (int i = 0; i < size; i++) {
            var champ = champs.get(i);
            absent[i] = absents.contains(champ.nom());
            formes[i] = champ.forme();
            freeText[i] = champ.forme().genre() == Forme.Genre.TEXTE;
            lengths[i] = champ.longueur() > 0 ? champ.longueur() : Integer.MAX_VALUE;
            mandatory[i] = champ.presence() == Presence.O
                    ? new Compiled(new int[0], new String[0][])
                    : champ.presence() == Presence.C ? compile(champ.si()) : null;
            forbidden[i] = compile(champ.sauf());
            var key = new StringBuilder();
            Ligne.json(key, champ.nom());
            jsonKeys[i] = key.append(':').toString();
        }
        written = java.util.stream.IntStream.range(0, size)
                .filter(i -> !absent[i])
                .toArray();
        header = writeHeader();
        reference = indexOf(flux.reference());
        etat = flux.etat().map(this::indexOf).orElse(-1);
        ouEtats = flux.ouEtats().stream()
                .mapToInt(this::indexOf)
                .filter(i -> i >= 0)
                .toArray();
    }

    private static int[] identity(int size) {
        return java.util.stream.IntStream.range(0, size).toArray();
    }

    /** Null when nothing is written; a term on a field the sheet does not have never holds (CatalogueCheck tells it). */
    private Compiled compile(Condition condition) {
        if (!condition.ecrite()) {
            return null;
        }
        var columns = new ArrayList<Integer>();
        var values = new ArrayList<String[]>();
        for (var term : condition.termes()) {
            int column = indexOf(term.champ());
            if (column < 0) {
                return null;
            }
            columns.add(column);
            values.add(term.valeurs().isEmpty() ? null : term.valeurs().toArray(String[]::new));
        }
        return new Compiled(columns.stream().mapToInt(Integer::intValue).toArray(), values.toArray(String[][]::new));
    }

    public Flux flux() {
        return flux;
    }

    /** The protocol's code, e.g. {@code acces}. */
    public String protocole() {
        return protocole;
    }

    /** The protocol's version, e.g. {@code 1.2}. */
    public String version() {
        return version;
    }

    /** The columns, in the order they are written in; those a contract leaves out are still there, at their place. */
    public List<Champ> champs() {
        return champs;
    }

    public int size() {
        return champs.size();
    }

    /** The index of a field named as the sheet prints it; -1 if the sheet has no such field. */
    public int indexOf(String champ) {
        var index = exact.get(champ);
        return index == null ? -1 : index;
    }

    /** The index of a field whatever the case, accents, spaces, underscores, {@code N°}/{@code N} or alias it is named with. */
    public OptionalInt find(String name) {
        var index = exact.get(name);
        if (index == null) {
            index = tolerant.get(Entetes.normalise(name));
        }
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    int get(String champ) {
        var found = find(champ);
        if (found.isEmpty()) {
            throw new ChampInconnu(champ, flux.code());
        }
        return found.getAsInt();
    }

    /** The column of the field that finds the dossier; -1 if the page names none. */
    int reference() {
        return reference;
    }

    /** True if the operator's contract leaves this column out of its files. */
    public boolean absent(int index) {
        return absent[index];
    }

    /**
     * Recognises a header row: every column of the sheet, once, in any order, and nothing else.
     *
     * @return for each column of the file, the index of the sheet's field; empty if the row is not this flux's header
     */
    public Optional<int[]> recognise(String[] header) {
        if (header.length != written.length) {
            return Optional.empty();
        }
        var columns = new int[header.length];
        var seen = new boolean[size()];
        for (int i = 0; i < header.length; i++) {
            var found = find(header[i]);
            if (found.isEmpty() || seen[found.getAsInt()] || absent[found.getAsInt()]) {
                return Optional.empty();
            }
            columns[i] = found.getAsInt();
            seen[columns[i]] = true;
        }
        return Optional.of(columns);
    }

    /** Are columns known by their name alone? See {@link Fichiers#souple()}. */
    boolean souple() {
        return souple;
    }

    /**
     * Recognises what it can of a header row: half of the columns of the sheet at least, none twice.
     *
     * @return for each column of the file, the index of the sheet's field, -1 for one that it does not know; empty if the row
     *     is too far from this flux's header
     */
    Optional<int[]> recogniseSome(String[] header) {
        var columns = new int[header.length];
        var seen = new HashSet<Integer>();
        for (int i = 0; i < header.length; i++) {
            columns[i] = find(header[i]).orElse(-1);
            boolean known = columns[i] >= 0 && !absent[columns[i]];
            if (known && !seen.add(columns[i])) {
                return Optional.empty();
            }
            columns[i] = known ? columns[i] : -1;
        }
        return 2 * seen.size() < written.length ? Optional.empty() : Optional.of(columns);
    }

    /** The header row as it is written, canonical names, without line end. */
    public String header() {
        return header;
    }

    private String writeHeader() {
        var header = new StringBuilder();
        for (int i = 0; i < written.length; i++) {
            if (i > 0) {
                header.append(';');
            }
            Ligne.csv(header, champs.get(written[i]).nom());
        }
        return header.toString();
    }

    /**
     * Makes a line of this flux.
     *
     * @param numero the physical line it stands on; 0 when it comes from no file
     * @param champs the values by field name, in any spelling {@link #find} takes; null and missing mean empty; values are
     *     trimmed and list values brought to their canonical spelling
     * @throws ChampInconnu when a name is not of this flux
     */
    public Ligne ligne(int numero, Map<String, String> champs) {
        var values = new String[size()];
        Arrays.fill(values, "");
        champs.forEach((name, value) -> {
            int i = get(name);
            values[i] = canonical(i, value);
        });
        return Ligne.of(this, numero, values);
    }

    String canonical(int i, String value) {
        var trimmed = Ligne.trim(value);
        return formes[i].genre() == Forme.Genre.LISTE ? formes[i].canonical(trimmed) : trimmed;
    }

    Forme forme(int i) {
        return formes[i];
    }

    /** True if a line that holds these values must fill this column. */
    boolean mandatory(int i, String[] values) {
        return mandatory[i] != null && mandatory[i].holds(values);
    }

    /** How a line of this flux is said in another version, besides its fields of the same name. */
    public Equivalences equivalences() {
        return equivalences;
    }

    /**
     * A line of this sheet as the sheet of another version says it. Lost is what the way back does not give again: nothing
     * else can be read from the line that is sent.
     */
    Traduite translate(Ligne ligne, FluxSheet other) {
        var said = translation(other).apply(ligne);
        var back = other.translation(this).apply(said);
        List<Anomalie> lost = null;
        for (int i = 0; i < size(); i++) {
            var value = ligne.valeur(i);
            if (!value.isEmpty() && !value.equals(back.valeur(i))) {
                lost = add(
                        lost,
                        wrong(i, value, Traduite.PERDU, false, "que la version " + other.version + " ne porte pas"));
            }
        }
        return new Traduite(said, lost == null ? List.of() : lost);
    }

    private Traduction translation(FluxSheet other) {
        return traductions.computeIfAbsent(other, to -> new Traduction(this, to));
    }

    int[] canonicalOrder() {
        return canonicalOrder;
    }

    /** What the line says when the flux carries a verdict: OK, KO, or nothing at all ({@code null}). */
    Issue issue(Ligne ligne) {
        if (etat < 0) {
            return null;
        }
        boolean ok = ligne.valeur(etat).equals("OK");
        boolean ko = ligne.valeur(etat).equals("KO");
        for (int other : ouEtats) {
            ok |= ligne.valeur(other).equals("OK");
            ko |= ligne.valeur(other).equals("KO");
        }
        return ok ? Issue.OK : ko ? Issue.KO : null;
    }

    /**
     * Every fault of a line, in the order of the columns; the same empty list when there is none.
     *
     * <p>A fault refuses the line only where the sheet gives a motif ({@link Anomalie#bloquante()}); everything the
     * specification merely infers only warns (spec Accès 1.2 §0.1).
     */
    public List<Anomalie> check(Ligne ligne) {
        var values = ligne.values();
        List<Anomalie> found = ligne.ecart() == null ? null : add(null, number(ligne.ecart()));
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            if (value.isEmpty()) {
                if (!absent[i] && mandatory(i, values)) {
                    found = add(found, missing(i));
                }
                continue;
            }
            if (forbidden[i] != null && forbidden[i].holds(values)) {
                found = add(
                        found,
                        wrong(
                                i,
                                value,
                                "INTERDIT",
                                true,
                                "doit être vide quand " + champs.get(i).sauf().texte()));
            }
            if (!freeText[i] && !formes[i].admet(value)) {
                boolean list = formes[i].genre() == Forme.Genre.LISTE;
                found = add(
                        found,
                        wrong(
                                i,
                                value,
                                list ? "HORS_LISTE" : "FORMAT",
                                formes[i].stricte(),
                                "attendu " + formes[i].attendu()));
            }
            if (value.length() > lengths[i]) {
                found = add(
                        found,
                        wrong(
                                i,
                                value,
                                "LONGUEUR",
                                champs.get(i).longueurTracee(),
                                "au plus " + lengths[i] + " caractères attendus, " + value.length() + " lus"));
            }
            if (ligne.suspecte()) {
                found = character(found, i, value, ligne.nul());
            }
        }
        return found == null ? List.of() : found;
    }

    private static List<Anomalie> add(List<Anomalie> found, Anomalie anomalie) {
        var list = found == null ? new ArrayList<Anomalie>(4) : found;
        list.add(anomalie);
        return list;
    }

    /** A line that does not have the fields of its header: whatever stands in it may stand in the wrong place. */
    private Anomalie number(Ligne.Ecart ecart) {
        return new Anomalie(
                flux.reference(),
                String.valueOf(ecart.lus()),
                "NOMBRE_DE_COLONNES",
                champs.get(reference).faux(),
                "%d champs lus, %d attendus".formatted(ecart.lus(), ecart.attendus()));
    }

    private Anomalie missing(int i) {
        var champ = champs.get(i);
        var why = champ.presence() == Presence.O
                ? "obligatoire"
                : "obligatoire quand " + champ.si().texte();
        return new Anomalie(champ.nom(), "", "CHAMP_VIDE", champ.vide(), champ.nom() + " : vide, " + why);
    }

    private Anomalie wrong(int i, String value, String regle, boolean refuses, String expected) {
        var champ = champs.get(i);
        var shown = value.length() > SHOWN ? value.substring(0, SHOWN) : value;
        return new Anomalie(
                champ.nom(),
                shown,
                regle,
                refuses ? champ.faux() : Optional.empty(),
                "%s : « %s » lu, %s".formatted(champ.nom(), shown, expected));
    }

    /** A control character refuses the line; a letter lost in transcoding only warns. */
    private List<Anomalie> character(List<Anomalie> found, int i, String value, boolean nul) {
        boolean control = false;
        boolean lost = false;
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            control |= Ligne.control(c);
            lost |= c == Ligne.REMPLACEMENT;
        }
        if (control || lost && nul) {
            return add(found, wrong(i, Ligne.visible(value), "CARACTERE", true, "aucun caractère de contrôle attendu"));
        }
        return lost ? add(found, wrong(i, value, "CARACTERE", false, "un caractère n'a pu être lu")) : found;
    }

    /**
     * The same sheet as an operator's contract has it.
     *
     * @throws IllegalArgumentException when the contract names a field the sheet does not have, leaves out the reference, or
     *     gives the same name to two fields; the message tells every fault, in French
     */
    public FluxSheet with(SurchargeFeuille surcharge) {
        var faults = new ArrayList<String>();
        var order = surcharge.ordre() == null ? List.<String>of() : surcharge.ordre();
        var left = surcharge.absents() == null ? absents : surcharge.absents();
        var changed = surcharge.champs() == null ? Map.<String, SurchargeChamp>of() : surcharge.champs();
        var named = new LinkedHashSet<String>(order);
        named.addAll(left);
        named.addAll(changed.keySet());
        named.stream()
                .filter(name -> indexOf(name) < 0)
                .forEach(name -> faults.add("flux %s : champ %s inconnu".formatted(flux.code(), name)));
        if (new HashSet<>(order).size() != order.size()) {
            faults.add("flux %s : une colonne est écrite deux fois dans l'ordre".formatted(flux.code()));
        }
        if (left.contains(flux.reference())) {
            faults.add(
                    "flux %s : %s ne peut être absente, c'est la référence".formatted(flux.code(), flux.reference()));
        }
        var names = new LinkedHashSet<>(order);
        champs.forEach(champ -> names.add(champ.nom()));
        var owners = new HashMap<String, String>();
        var result = new ArrayList<Champ>();
        for (var name : names) {
            if (indexOf(name) >= 0) {
                var champ = change(champs.get(indexOf(name)), changed.get(name));
                result.add(champ);
                var spellings = new ArrayList<>(champ.alias());
                spellings.add(name);
                for (var spelling : spellings) {
                    var owner = owners.putIfAbsent(Entetes.normalise(spelling), name);
                    if (owner != null && !owner.equals(name)) {
                        faults.add("flux %s : « %s » désigne à la fois %s et %s"
                                .formatted(flux.code(), spelling, owner, name));
                    }
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
        var place = new LinkedHashMap<String, Integer>();
        result.forEach(champ -> place.put(champ.nom(), place.size()));
        var canonical = Arrays.stream(canonicalOrder)
                .map(i -> place.get(champs.get(i).nom()))
                .toArray();
        return new FluxSheet(flux, protocole, version, result, equivalences, souple, left, canonical);
    }

    private static Champ change(Champ champ, SurchargeChamp change) {
        if (change == null) {
            return champ;
        }
        var alias = new ArrayList<>(champ.alias());
        if (change.alias() != null) {
            alias.addAll(change.alias());
        }
        return new Champ(
                champ.nom(),
                alias,
                champ.forme(),
                change.longueur() == null ? champ.longueur() : change.longueur(),
                change.longueur() != null || champ.longueurTracee(),
                change.presence() == null ? champ.presence() : change.presence(),
                champ.si(),
                champ.sauf(),
                change.vide() == null
                        ? champ.vide()
                        : Optional.of(change.vide()).filter(motif -> !motif.isBlank()),
                change.faux() == null
                        ? champ.faux()
                        : Optional.of(change.faux()).filter(motif -> !motif.isBlank()),
                champ.regle(),
                champ.preuve());
    }

    @Override
    public String toString() {
        return protocole + " " + version + " " + flux.code();
    }
}
