package fr.interophub.catalogue;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * One version of one protocol: its flux, their sheets, its state tables, its motifs (decision Protocol-Is-Data). Immutable.
 */
public final class Page {

    /**
     * A state of a dossier.
     *
     * @param objet what it is a state of: {@code commande}, {@code rdv}
     * @param nom e.g. {@code ROUTE_FOURNIE}
     * @param libelle what it means, in French
     * @param terminal true when nothing is owed any more
     */
    public record Etat(String objet, String nom, String libelle, boolean terminal) {}

    /**
     * A word of the column {@code si} of a state table.
     *
     * @param nom e.g. {@code modele-OI}
     * @param famille conditions of one family are never true together; empty when it has none
     * @param sens what it means, in French
     */
    public record ConditionCycle(String nom, Optional<String> famille, String sens) {}

    private final String protocole;
    private final String version;
    private final Map<String, Flux> flux = new LinkedHashMap<>();
    private final Map<String, FluxSheet> sheets;
    private final Map<String, List<Passage>> cycle;
    private final Map<String, Map<String, Etat>> etats = new LinkedHashMap<>();
    private final Map<String, ConditionCycle> conditions = new LinkedHashMap<>();
    private final Map<String, Motif> motifs = new LinkedHashMap<>();
    private final Map<String, Motif> spoken = new HashMap<>();
    private final Set<String> references;
    private final Optional<Grille> grille;
    private final Fichiers fichiers;
    private final List<Correspondance> correspondances;

    Page(
            String protocole,
            String version,
            List<Flux> flux,
            Map<String, FluxSheet> sheets,
            Map<String, List<Passage>> cycle,
            List<Etat> etats,
            List<ConditionCycle> conditions,
            List<Motif> motifs,
            List<String> references,
            Optional<Grille> grille,
            Fichiers fichiers,
            List<Correspondance> correspondances) {
        this.protocole = protocole;
        this.version = version;
        flux.forEach(one -> this.flux.putIfAbsent(one.code(), one));
        this.sheets = Map.copyOf(sheets);
        this.cycle = new LinkedHashMap<>();
        cycle.forEach((objet, passages) -> this.cycle.put(objet, List.copyOf(passages)));
        etats.forEach(etat -> this.etats
                .computeIfAbsent(etat.objet(), any -> new LinkedHashMap<>())
                .putIfAbsent(etat.nom(), etat));
        conditions.forEach(condition -> this.conditions.putIfAbsent(condition.nom(), condition));
        motifs.forEach(motif -> this.motifs.putIfAbsent(motif.code(), motif));
        this.references = new LinkedHashSet<>(references);
        this.grille = grille;
        this.fichiers = fichiers;
        this.correspondances = List.copyOf(correspondances);
        speak();
    }

    /** Every way to say a motif that means one motif only. */
    private void speak() {
        var said = new HashMap<String, Motif>();
        var twice = new LinkedHashSet<String>();
        for (var motif : motifs.values()) {
            var forms = new LinkedHashSet<String>();
            forms.add(fold(motif.code()));
            forms.add(fold(motif.libelle()));
            int prefix = motif.libelle().indexOf(" : ");
            if (prefix > 0) {
                forms.add(fold(motif.libelle().substring(prefix + 3)));
            }
            for (var form : forms) {
                if (said.putIfAbsent(form, motif) != null) {
                    twice.add(form);
                }
            }
        }
        said.keySet().removeAll(twice);
        spoken.putAll(said);
    }

    public String protocole() {
        return protocole;
    }

    public String version() {
        return version;
    }

    /** Every flux of the protocol, in the page's order. */
    public List<Flux> flux() {
        return List.copyOf(flux.values());
    }

    /**
     * A flux by its code.
     *
     * @throws NoSuchElementException when the page has no such flux
     */
    public Flux flux(String code) {
        return findFlux(code)
                .orElseThrow(() -> new NoSuchElementException("flux %s : inconnu de %s".formatted(code, this)));
    }

    public Optional<Flux> findFlux(String code) {
        return Optional.ofNullable(flux.get(code));
    }

    /**
     * The field sheet of a flux.
     *
     * @throws NoSuchElementException when the page has no such flux, or it has no sheet
     */
    public FluxSheet feuille(String code) {
        var sheet = sheets.get(code);
        if (sheet == null) {
            throw new NoSuchElementException("flux %s : pas de feuille de champs dans %s".formatted(code, this));
        }
        return sheet;
    }

    /** The same; empty when there is none. */
    public Optional<FluxSheet> findFeuille(String code) {
        return Optional.ofNullable(sheets.get(code));
    }

    /** What has a state table: {@code commande}, {@code rdv}. */
    public Set<String> objets() {
        return java.util.Collections.unmodifiableSet(etats.keySet());
    }

    /** The state table of an object; empty when it has none. */
    public List<Passage> cycle(String objet) {
        return cycle.getOrDefault(objet, List.of());
    }

    Set<String> cycles() {
        return cycle.keySet();
    }

    /** The states of an object, {@code NEANT} left out, in the page's order. */
    public Set<String> etats(String objet) {
        return java.util.Collections.unmodifiableSet(
                etats.getOrDefault(objet, Map.of()).keySet());
    }

    /** True when nothing is owed any more in this state; false for {@code NEANT}. */
    public boolean terminal(String objet, String etat) {
        return !etat.equals(Passage.NEANT) && get(objet, etat).terminal();
    }

    /** What a state means, in French. */
    public String libelleEtat(String objet, String etat) {
        return etat.equals(Passage.NEANT) ? "rien encore" : get(objet, etat).libelle();
    }

    private Etat get(String objet, String etat) {
        var found = etats.getOrDefault(objet, Map.of()).get(etat);
        if (found == null) {
            throw new NoSuchElementException("état %s : inconnu de %s, %s".formatted(etat, this, objet));
        }
        return found;
    }

    /** The named conditions of the state tables, without {@code pas}. */
    public Set<String> conditions() {
        return java.util.Collections.unmodifiableSet(conditions.keySet());
    }

    /** The same with their families and their meaning. */
    public List<ConditionCycle> listConditions() {
        return List.copyOf(conditions.values());
    }

    public List<Motif> motifs() {
        return List.copyOf(motifs.values());
    }

    /** A motif by its code. */
    public Optional<Motif> motif(String code) {
        return Optional.ofNullable(motifs.get(code));
    }

    /**
     * Reads the free text of a motif field (spec Accès 1.2 §4): the code alone, the label alone with or without its family
     * prefix, or code, separator, label; whatever the case, the accents and the punctuation.
     *
     * @return empty for a text that is none of these; the specification then writes FAUT01 and keeps the text
     */
    public Optional<Motif> readMotif(String text) {
        if (text == null) {
            return Optional.empty();
        }
        var folded = fold(text);
        var whole = spoken.get(folded);
        if (whole != null) {
            return Optional.of(whole);
        }
        int space = folded.indexOf(' ');
        return space < 0 ? Optional.empty() : Optional.ofNullable(motifs.get(folded.substring(0, space)));
    }

    /** The motifs of a field that holds several, joined with {@code /} (spec Accès 1.2 §3.7), unknown ones left out. */
    public List<Motif> readMotifs(String text) {
        if (text == null) {
            return List.of();
        }
        var found = new ArrayList<Motif>();
        for (var part : text.split("/")) {
            readMotif(part).ifPresent(found::add);
        }
        return found;
    }

    static String fold(String text) {
        var upper = Normalizer.normalize(text, Normalizer.Form.NFD).toUpperCase(Locale.ROOT);
        var folded = new StringBuilder(upper.length());
        for (int i = 0; i < upper.length(); i++) {
            char c = upper.charAt(i);
            if (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
                folded.append(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK
                    && !folded.isEmpty()
                    && folded.charAt(folded.length() - 1) != ' ') {
                folded.append(' ');
            }
        }
        return folded.toString().trim();
    }

    /** The fields by which a dossier can be found. */
    public Set<String> references() {
        return java.util.Collections.unmodifiableSet(references);
    }

    /** What a protocol whose messages are calls has instead of sheets; empty for one whose messages are lines of files. */
    public Optional<Grille> grille() {
        return grille;
    }

    /** How its files travel and are written. */
    public Fichiers fichiers() {
        return fichiers;
    }

    /** What its lines are in calls of another version of the protocol; none for a page that stands alone. */
    public List<Correspondance> correspondances() {
        return correspondances;
    }

    @Override
    public String toString() {
        return protocole + " " + version;
    }
}
