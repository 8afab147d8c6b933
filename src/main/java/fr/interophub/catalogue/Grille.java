package fr.interophub.catalogue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a protocol of calls has instead of sheets (spec SAV §b, §c, §e): the matrix of its fields by action, its return codes,
 * its closure codes, and the other spellings of its values. Immutable.
 */
public final class Grille {

    /**
     * A column of the matrix.
     *
     * @param nom e.g. {@code PR}
     * @param service {@code create}, {@code set}, {@code read}
     * @param flux what is said; empty for a read
     * @param types the values of {@code messageType} that it stands for; none: any
     */
    public record Colonne(String nom, String service, Optional<String> flux, List<String> types) {}

    /** The meaning of a condition of a cell, in French. */
    public record ConditionChamp(String nom, String sens) {}

    /**
     * A return code.
     *
     * @param situation when it is given, in one word
     * @param codes the number, per catalogue ({@code V21}, {@code H18})
     * @param libelle what is answered; {@code XXXXX} stands for the name of the field
     */
    public record Retour(String situation, Map<String, Integer> codes, String libelle, String quand, String preuve) {}

    /**
     * A closure code.
     *
     * @param colonne the column of the matrix that it may be said in
     * @param ticket {@code rdv} or {@code expertise} when only such tickets may be closed so; empty: any
     * @param localisation whether {@code defectLocalization} is said with it
     * @param responsabilite whether {@code defectResponsability} is said with it
     * @param attendue who is expected to be responsible; none: anyone
     */
    public record Cloture(
            String code,
            String libelle,
            String colonne,
            String ticket,
            ChampDAction.Obligation localisation,
            ChampDAction.Obligation responsabilite,
            List<String> attendue,
            String preuve) {

        /** As it is written in a message. */
        public String etiquette() {
            return code + "#" + libelle;
        }
    }

    /** Another spelling of a value. */
    public record Alias(String champ, String ecrit, String lu, String preuve) {}

    private final List<Colonne> colonnes;
    private final List<ConditionChamp> conditions;
    private final List<ChampDAction> champs;
    private final Map<String, ChampDAction> noms = new HashMap<>();
    private final Map<String, Retour> retours = new LinkedHashMap<>();
    private final Map<String, Cloture> clotures = new LinkedHashMap<>();
    private final List<Alias> alias;
    private final Map<String, Map<String, String>> spellings = new HashMap<>();

    Grille(
            List<Colonne> colonnes,
            List<ConditionChamp> conditions,
            List<ChampDAction> champs,
            List<Retour> retours,
            List<Cloture> clotures,
            List<Alias> alias) {
        this.colonnes = List.copyOf(colonnes);
        this.conditions = List.copyOf(conditions);
        this.alias = List.copyOf(alias);
        this.champs = List.copyOf(champs);
        for (ChampDAction champ : champs) {
            this.noms.put(champ.nom(), champ);
            champ.alias().forEach(name -> this.noms.put(name, champ));
            champ.valeurs()
                    .forEach(value -> spellings
                            .computeIfAbsent(champ.nom(), any -> new HashMap<>())
                            .put(Page.fold(value), value));
        }
        retours.forEach(retour -> this.retours.put(retour.situation(), retour));
        clotures.forEach(cloture -> this.clotures.put(cloture.code(), cloture));
        alias.forEach(one ->
                spellings.computeIfAbsent(one.champ(), any -> new HashMap<>()).put(Page.fold(one.ecrit()), one.lu()));
    }

    public List<Colonne> colonnes() {
        return colonnes;
    }

    /** The column of what is said; empty when no column has this {@code messageType}. */
    public Optional<Colonne> colonne(String flux, String messageType) {
        return colonnes.stream()
                .filter(colonne -> colonne.flux().equals(Optional.of(flux))
                        && (colonne.types().isEmpty() || colonne.types().contains(messageType)))
                .findFirst();
    }

    public List<ConditionChamp> conditions() {
        return conditions;
    }

    /** Every field, in the order in which they are checked. */
    public List<ChampDAction> champs() {
        return champs;
    }

    /** A field by its name, or by one of the names it is read under. */
    public Optional<ChampDAction> champ(String nom) {
        return Optional.ofNullable(noms.get(nom));
    }

    /** A value as the protocol spells it, whatever the case, the accents and the alias; another value stays as it is. */
    public String canonique(String champ, String valeur) {
        Map<String, String> known = spellings.get(champ);
        return known == null || known.containsValue(valeur) ? valeur : known.getOrDefault(Page.fold(valeur), valeur);
    }

    public List<Retour> retours() {
        return List.copyOf(retours.values());
    }

    public Optional<Retour> retour(String situation) {
        return Optional.ofNullable(retours.get(situation));
    }

    public List<Cloture> clotures() {
        return List.copyOf(clotures.values());
    }

    public Optional<Cloture> cloture(String code) {
        return Optional.ofNullable(clotures.get(code));
    }

    public List<Alias> alias() {
        return alias;
    }

    /** The catalogues of return codes. */
    public Set<String> catalogues() {
        return retours.isEmpty()
                ? Set.of()
                : retours.values().iterator().next().codes().keySet();
    }
}
