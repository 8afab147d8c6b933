package fr.interophub.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.interophub.catalogue.ChampDAction.Obligation;
import fr.interophub.catalogue.ChampDAction.Regle;
import fr.interophub.catalogue.ChampDAction.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a page of calls has beside its tables. A row of a page replaces the inherited one of the same name. */
final class GrilleReader {

    private static final Set<String> COLONNE = Set.of("colonne", "service", "flux", "types");
    private static final Set<String> CONDITION = Set.of("nom", "sens");
    private static final List<String> CHAMP = List.of("champ", "alias", "niveau", "type", "longueur", "valeurs");
    private static final List<String> RETOUR = List.of("situation", "V21", "H18", "libelle", "quand", "preuve");
    private static final List<String> CLOTURE =
            List.of("code", "libelle", "colonne", "ticket", "localisation", "responsabilite", "attendue", "preuve");
    private static final List<String> ALIAS = List.of("champ", "ecrit", "lu", "preuve");

    private final PageReader pages;
    private final List<String> lineage;
    private final List<String> faults;

    /** @param lineage the page and those it inherits from, the page first */
    GrilleReader(PageReader pages, List<String> lineage, List<String> faults) {
        this.pages = pages;
        this.lineage = lineage;
        this.faults = faults;
    }

    GrilleDraft read(JsonNode page) {
        var colonnes = new ArrayList<Grille.Colonne>();
        page.path("colonnes").forEach(node -> {
            PageReader.unknownKeys(node, COLONNE, "colonne " + PageReader.text(node, "colonne"), faults);
            colonnes.add(new Grille.Colonne(
                    PageReader.text(node, "colonne"),
                    PageReader.text(node, "service"),
                    PageReader.optional(node, "flux"),
                    PageReader.words(node.path("types"))));
        });
        var conditions = new ArrayList<Grille.ConditionChamp>();
        page.path("conditions-champs").forEach(node -> {
            PageReader.unknownKeys(node, CONDITION, "condition " + PageReader.text(node, "nom"), faults);
            conditions.add(new Grille.ConditionChamp(PageReader.text(node, "nom"), PageReader.text(node, "sens")));
        });
        var header = new ArrayList<>(CHAMP);
        colonnes.forEach(colonne -> header.add(colonne.nom()));
        header.add("preuve");
        return new GrilleDraft(
                colonnes,
                conditions,
                rows("champs.csv", header, line -> champ(line, colonnes)),
                rows("codes-retour.csv", RETOUR, this::retour),
                rows("clotures.csv", CLOTURE, this::cloture),
                rows(
                        "alias.csv",
                        ALIAS,
                        line -> new Grille.Alias(
                                line.getField("champ"),
                                line.getField("ecrit"),
                                line.getField("lu"),
                                line.getField("preuve"))));
    }

    private interface Row<T> {
        T read(NamedCsvRecord line);
    }

    /** The oldest page first, so that a page's own row takes the place of what it inherits. */
    private <T> List<T> rows(String file, List<String> header, Row<T> row) {
        var found = new LinkedHashMap<String, T>();
        var absent = true;
        for (int i = lineage.size() - 1; i >= 0; i--) {
            var path = lineage.get(i) + "/" + file;
            if (!pages.has(path)) {
                continue;
            }
            absent = false;
            var own = new ArrayList<String>();
            for (var line : pages.records(path, header, faults)) {
                var key = file.equals("alias.csv") ? line.getField(0) + " " + line.getField(1) : line.getField(0);
                if (own.contains(key)) {
                    faults.add("%s : %s écrit deux fois".formatted(path, key));
                }
                own.add(key);
                try {
                    found.put(key, row.read(line));
                } catch (IllegalArgumentException e) {
                    faults.add("%s, %s : %s".formatted(path, key, e.getMessage()));
                }
            }
        }
        if (absent) {
            faults.add("%s : fichier absent".formatted(file));
        }
        return List.copyOf(found.values());
    }

    private static ChampDAction champ(NamedCsvRecord line, List<Grille.Colonne> colonnes) {
        Map<String, Regle> regles = new LinkedHashMap<>();
        colonnes.forEach(colonne -> regles.put(
                colonne.nom(), Regle.read(line.getField(colonne.nom()).trim())));
        return new ChampDAction(
                line.getField("champ"),
                PageReader.split(line.getField("alias"), ","),
                line.getField("niveau"),
                Type.read(line.getField("type")),
                PageReader.length(line.getField("longueur").trim()),
                PageReader.split(line.getField("valeurs"), "|"),
                regles,
                line.getField("preuve"));
    }

    private Grille.Retour retour(NamedCsvRecord line) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        for (var catalogue : List.of("V21", "H18")) {
            codes.put(catalogue, number(line.getField(catalogue).trim()));
        }
        return new Grille.Retour(
                line.getField("situation"),
                codes,
                line.getField("libelle"),
                line.getField("quand"),
                line.getField("preuve"));
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("code « %s », attendu un nombre de 0 à 999".formatted(text));
        }
        return Integer.parseInt(text);
    }

    private Grille.Cloture cloture(NamedCsvRecord line) {
        var ticket = line.getField("ticket");
        if (!Set.of("", "rdv", "expertise").contains(ticket)) {
            throw new IllegalArgumentException("ticket « %s », attendu rdv, expertise ou rien".formatted(ticket));
        }
        return new Grille.Cloture(
                line.getField("code"),
                line.getField("libelle"),
                line.getField("colonne"),
                ticket,
                plain(line.getField("localisation")),
                plain(line.getField("responsabilite")),
                PageReader.split(line.getField("attendue"), "|"),
                line.getField("preuve"));
    }

    private static Obligation plain(String text) {
        var obligation = Optional.of(Regle.read(text)).map(Regle::obligation).orElseThrow();
        if (!Set.of(Obligation.OBLIGATOIRE, Obligation.FACULTATIF, Obligation.INTERDIT)
                .contains(obligation)) {
            throw new IllegalArgumentException("« %s », attendu O, F ou X".formatted(text));
        }
        return obligation;
    }
}
