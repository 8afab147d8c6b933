package fr.interophub.cycle;

import static fr.interophub.PagesEcrites.row;
import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.PagesEcrites;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Champ;
import fr.interophub.catalogue.Equivalences;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The pages of docs/ that the catalogue makes. */
@DisplayName("La documentation tirée du catalogue")
class DocumentationTest {

    private static final String NOTE =
            "<!-- Page écrite par DocumentationTest à partir du catalogue : ne pas la corriger ici. -->\n\n";
    private static final List<String> MODELES = List.of("modele-OI", "modele-STOC", "modele-OC");
    private static final Map<String, String> OBJETS = Map.of(
            "commande", "une commande",
            "rdv", "un rendez-vous",
            "ticket", "une signalisation",
            "prevenance", "une prévenance",
            "dommage", "un dommage",
            "registre", "un registre du référentiel");
    private static final Path SHEETS = Path.of("src/main/resources/catalogue");
    private static final Catalogue CATALOGUE = Catalogue.load();

    /** The protocols whose messages are lines of files. */
    private static final List<Page> PAGES =
            CATALOGUE.pages().stream().filter(page -> page.grille().isEmpty()).toList();

    /** The only one whose state tables are drawn: the others inherit them. */
    private static final Page PAGE = PAGES.get(0);

    @Test
    void pagesAreWhatTheCatalogueSays() throws IOException {
        var pages = new LinkedHashMap<Path, String>();
        for (var page : PAGES) {
            pages.put(Path.of("docs/flux", name(page) + ".md"), index(page));
            for (var flux : page.flux()) {
                if (home(page, flux.code()) == page) {
                    pages.put(Path.of("docs/flux", name(page), flux.code() + ".md"), page(page, flux));
                }
            }
            if (page.protocole().equals(PAGE.protocole())) {
                assertThat(page.cycle("commande")).as("cycle de %s", page).isEqualTo(PAGE.cycle("commande"));
            }
        }
        pages.put(Path.of("docs/cycles/acces-1.2.md"), cycles());
        CATALOGUE.pages().stream().filter(page -> page.grille().isPresent()).forEach(page -> {
            pages.put(Path.of("docs/flux", name(page) + ".md"), calls(page));
        });
        CATALOGUE.pages().stream()
                .filter(page -> page != PAGE && !page.objets().isEmpty() && !inherited(page))
                .forEach(page -> pages.put(Path.of("docs/cycles", name(page) + ".md"), cycles(page)));
        PagesEcrites.hold(pages);
    }

    private static String name(Page page) {
        return page.protocole() + "-" + page.version();
    }

    /** The page that a sheet is written on: this one, or the last one before it that has the sheet. */
    private static Page home(Page page, String flux) {
        for (int i = PAGES.indexOf(page); i > 0; i--) {
            if (Files.exists(SHEETS.resolve(name(PAGES.get(i))).resolve(flux + ".csv"))) {
                return PAGES.get(i);
            }
        }
        return PAGE;
    }

    private static String index(Page page) {
        boolean acces = page.protocole().equals(PAGE.protocole());
        var out = new StringBuilder(acces ? "# Accès " + page.version() : title(page))
                .append(" : les flux\n\n")
                .append(NOTE);
        out.append(
                "| Flux | Émis par | Objet | Attend | Verdict | Colonnes | Jeton du nom de fichier |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for (var flux : page.flux()) {
            row(
                    out,
                    "[%s](%s/%s.md)%s"
                            .formatted(
                                    flux.code(),
                                    name(home(page, flux.code())),
                                    flux.code(),
                                    flux.pratique() ? "" : " (non pratiqué)"),
                    emetteurs(flux),
                    flux.objet(),
                    flux.attend().orElse(""),
                    flux.etat().orElse(""),
                    String.valueOf(page.feuille(flux.code()).size()),
                    flux.jeton());
        }
        if (acces && page != PAGE) {
            out.append(
                    "\nRéférences, motifs de KO et [cycles](../cycles/acces-1.2.md) : ceux d'[Accès 1.2](acces-1.2.md).\n");
            return out.toString();
        }
        out.append("\nUn dossier se retrouve par : ")
                .append(String.join(", ", page.references()))
                .append(".\n\n## Motifs de KO\n\n");
        out.append("| Code | Libellé | Flux | Cause |\n| --- | --- | --- | --- |\n");
        page.motifs()
                .forEach(motif -> row(
                        out,
                        motif.code(),
                        motif.libelle(),
                        motif.flux().stream().sorted().collect(Collectors.joining(", ")),
                        motif.cause()));
        files(out, page);
        alike(out, page);
        return out.toString();
    }

    /** How the files of a page travel and are written, where the page says it. */
    private static void files(StringBuilder out, Page page) {
        var fichiers = page.fichiers();
        if (fichiers.nom().isEmpty()) {
            return;
        }
        out.append("\n## Les fichiers\n\n| Quoi | Comment |\n| --- | --- |\n");
        fichiers.canal().ifPresent(canal -> row(out, "porte de sortie", canal));
        fichiers.sujet().ifPresent(sujet -> row(out, "sujet du courriel", "`" + sujet + "`"));
        row(out, "nom", "`" + fichiers.nom().get() + "`");
        fichiers.encodage().ifPresent(encodage -> row(out, "encodage", encodage));
        row(out, "fin de ligne", fichiers.finDeLigne().equals("\r\n") ? "CRLF" : "LF");
        row(
                out,
                "en-tête",
                fichiers.souple()
                        ? "colonnes reconnues par leur nom ; une inconnue est ignorée, une qui manque refuse les lignes, non le fichier"
                        : "exacte");
    }

    /** What the lines of a page are in the calls of another version. */
    private static void alike(StringBuilder out, Page page) {
        if (page.correspondances().isEmpty()) {
            return;
        }
        out.append(
                "\n## Correspondance avec les services web\n\nCe que dit l'OC se lit de gauche à droite, ce que dit l'OI de droite"
                        + " à gauche ; la première ligne qui remplit une colonne l'emporte. Une action de l'OI qui n'est pas ici, ou une"
                        + " ligne de l'OC sans action, va à une personne.\n\n| Dit par | Flux | Si | Colonne | Écrit | Action | Champ | Vaut |"
                        + " Preuve |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        page.correspondances()
                .forEach(one -> row(
                        out,
                        one.emetteur().name(),
                        one.flux(),
                        one.si().texte(),
                        one.colonne(),
                        one.ecrit(),
                        one.action(),
                        String.join(", ", one.champs()),
                        one.vaut(),
                        one.preuve()));
    }

    private static String page(Page page, Flux flux) {
        var sheet = page.feuille(flux.code());
        var out = new StringBuilder("# ")
                .append(flux.code())
                .append(page == PAGE ? "" : ", version " + page.version())
                .append("\n\n")
                .append(NOTE);
        out.append("Émis par ").append(emetteurs(flux)).append(", au sujet d'").append(OBJETS.get(flux.objet()));
        out.append(", retrouvé par `").append(flux.reference()).append("`.");
        flux.attend()
                .ifPresent(attend -> out.append(" Réponse attendue : [")
                        .append(attend)
                        .append("](")
                        .append(home(page, attend) == page ? "" : "../" + name(home(page, attend)) + "/")
                        .append(attend)
                        .append(".md)."));
        flux.etat().ifPresent(etat -> out.append(" Verdict dans `").append(etat).append("`"));
        flux.ouEtats().forEach(etat -> out.append(" ou `").append(etat).append('`'));
        out.append(flux.etat().isPresent() ? "." : "");
        flux.motif()
                .ifPresent(motif -> out.append(" Motif dans `").append(motif).append("`."));
        out.append(flux.pratique() ? "" : " Décrit par le protocole, non pratiqué.");
        flux.horsCycle().ifPresent(why -> out.append(" Hors cycle : ").append(why));
        out.append(
                "\n\nUne longueur entre parenthèses est la nôtre : la dépasser ne refuse jamais la ligne. « Si vide » et « si faux » : le motif"
                        + " qui refuse la ligne ; sans motif, un simple avertissement.\n\n");
        out.append(
                "| # | Champ | Forme | Longueur | Présence | Obligatoire si | Vide si | Si vide | Si faux | Règle | Preuve |\n");
        out.append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        int number = 1;
        for (var champ : sheet.champs()) {
            row(
                    out,
                    String.valueOf(number++),
                    champ.nom()
                            + champ.alias().stream()
                                    .map(alias -> " (ou " + alias + ")")
                                    .collect(Collectors.joining()),
                    champ.forme().toString(),
                    longueur(champ),
                    champ.presence().name(),
                    champ.si().texte(),
                    champ.sauf().texte(),
                    champ.vide().orElse(""),
                    champ.faux().orElse(""),
                    champ.regle(),
                    champ.preuve());
        }
        translation(out, sheet.equivalences());
        out.append("\nEn-tête :\n\n```\n").append(sheet.header()).append("\n```\n");
        return out.toString();
    }

    private static void translation(StringBuilder out, Equivalences equivalences) {
        if (equivalences.defauts().isEmpty() && equivalences.deplaces().isEmpty()) {
            return;
        }
        out.append("\nTraduction, avec une version qui n'a pas ces champs :\n\n");
        equivalences.defauts().forEach((champ, value) -> out.append("- `%s` vaut `%s`\n".formatted(champ, value)));
        equivalences
                .deplaces()
                .forEach((champ, places) -> out.append("- `%s` y est : %s\n"
                        .formatted(
                                champ,
                                places.stream().map(place -> "`" + place + "`").collect(Collectors.joining(", ")))));
    }

    private static String longueur(Champ champ) {
        return champ.longueur() == 0
                ? ""
                : champ.longueurTracee() ? String.valueOf(champ.longueur()) : "(" + champ.longueur() + ")";
    }

    private static String cycles() {
        var out = new StringBuilder("# Accès 1.2 : les cycles\n\n").append(NOTE);
        out.append(
                "Les annulations, les messages libres et le gel, communs à tous les états, ne sont pas dessinés : voir les tables. Les diagrammes"
                        + " supposent qu'aucune annulation n'est en cours. Sous chacun, ce que chaque partie doit à l'autre : de plusieurs flux l'un"
                        + " suffit, et certains ne sont dus que sous une condition, voir les passages.\n");
        for (var modele : MODELES) {
            var others = new ArrayList<>(MODELES);
            others.remove(modele);
            others.add("annulation-en-cours");
            out.append("\n## Commande, modèle ")
                    .append(modele.substring("modele-".length()))
                    .append("\n\n```mermaid\n");
            out.append(CycleDiagram.draw(drawn("commande"), Set.of(modele), others))
                    .append("```\n");
            owed(out, CycleDiagram.arrows(PAGE.cycle("commande"), Set.of(modele), others));
        }
        out.append("\n## Rendez-vous\n\n```mermaid\n")
                .append(CycleDiagram.draw(PAGE.cycle("rdv")))
                .append("```\n");
        owed(out, CycleDiagram.arrows(PAGE.cycle("rdv"), Set.of(), Set.of()));
        tables(out, PAGE, List.of("commande", "rdv"));
        return out.toString();
    }

    /** The states, the passages and the conditions, as tables. */
    private static void tables(StringBuilder out, Page page, Collection<String> objets) {
        for (var objet : objets) {
            out.append("\n## États : ").append(objet).append("\n\n| État | Sens | Final |\n| --- | --- | --- |\n");
            page.etats(objet)
                    .forEach(etat ->
                            row(out, etat, page.libelleEtat(objet, etat), page.terminal(objet, etat) ? "oui" : ""));
            out.append("\n## Passages : ")
                    .append(objet)
                    .append("\n\n| Id | En | Sur | Va en | Si | Dû |\n| --- | --- | --- | --- | --- | --- |\n");
            table(page, objet)
                    .forEach((line, states) -> row(
                            out,
                            line.get(0),
                            String.join(", ", states),
                            line.get(1),
                            line.get(2),
                            line.get(3),
                            line.get(4)));
        }
        if (page.listConditions().isEmpty()) {
            return;
        }
        out.append(
                "\n## Conditions\n\nDeux conditions d'une même famille ne sont jamais vraies ensemble ; « pas x » est le contraire de x.\n\n");
        out.append("| Condition | Famille | Sens |\n| --- | --- | --- |\n");
        page.listConditions()
                .forEach(condition ->
                        row(out, condition.nom(), condition.famille().orElse(""), condition.sens()));
    }

    /** Does an earlier page of the protocol have the same state tables? */
    private static boolean inherited(Page page) {
        return CATALOGUE.pages().stream()
                .takeWhile(earlier -> earlier != page)
                .anyMatch(earlier -> earlier.protocole().equals(page.protocole())
                        && page.objets().stream()
                                .allMatch(objet -> page.cycle(objet).equals(earlier.cycle(objet))));
    }

    private static String cycles(Page page) {
        var out = new StringBuilder(title(page)).append(" : les cycles\n\n").append(NOTE);
        if (page.grille().isPresent()) {
            out.append("Ce qui est dit n'est admis que si toutes les tables l'admettent.\n");
        }
        page.objets()
                .forEach(objet -> out.append("\n## ")
                        .append(objet)
                        .append("\n\n```mermaid\n")
                        .append(CycleDiagram.draw(page.cycle(objet)))
                        .append("```\n"));
        tables(out, page, page.objets());
        return out.toString();
    }

    private static String title(Page page) {
        return "# " + page.protocole().toUpperCase(Locale.ROOT) + " " + page.version();
    }

    private static String calls(Page page) {
        var grille = page.grille().orElseThrow();
        var out = new StringBuilder(title(page))
                .append(" : les actions, les champs, les codes\n\n")
                .append(NOTE);
        out.append("| Action | Dite par | Attend | Colonnes |\n| --- | --- | --- | --- |\n");
        page.flux()
                .forEach(flux -> row(
                        out,
                        flux.code(),
                        emetteurs(flux),
                        flux.attend().orElse(""),
                        grille.colonnes().stream()
                                .filter(colonne -> colonne.flux().equals(Optional.of(flux.code())))
                                .map(colonne -> colonne.types().isEmpty()
                                        ? colonne.nom()
                                        : colonne.nom() + " (" + String.join(", ", colonne.types()) + ")")
                                .collect(Collectors.joining(", "))));
        out.append("\nUn dossier se retrouve par : ")
                .append(String.join(", ", page.references()))
                .append(
                        ".\n\n## Champs\n\nO obligatoire, F facultatif, X interdit, X! interdit et toujours refusé, = rappel de ce qui est connu, C selon la condition, - sans objet ; une valeur après la lettre est la seule attendue.\n\n| Champ | Niveau | Type | Longueur | Valeurs |");
        grille.colonnes()
                .forEach(colonne -> out.append(' ').append(colonne.nom()).append(" |"));
        out.append(" Preuve |\n|")
                .append(" --- |".repeat(grille.colonnes().size() + 6))
                .append('\n');
        grille.champs().forEach(champ -> {
            var cells = new ArrayList<>(List.of(
                    champ.nom()
                            + champ.alias().stream()
                                    .map(alias -> " (ou " + alias + ")")
                                    .collect(Collectors.joining()),
                    champ.niveau(),
                    champ.type().toString(),
                    champ.longueur() == 0 ? "" : String.valueOf(champ.longueur()),
                    String.join(", ", champ.valeurs())));
            grille.colonnes()
                    .forEach(colonne -> cells.add(champ.regle(colonne.nom()).toString()));
            cells.add(champ.preuve());
            row(out, cells.toArray(String[]::new));
        });
        out.append("\n| Condition | Sens |\n| --- | --- |\n");
        grille.conditions().forEach(condition -> row(out, condition.nom(), condition.sens()));
        out.append("\n## Codes retour\n\n| Situation |");
        grille.catalogues().forEach(name -> out.append(' ').append(name).append(" |"));
        out.append(" Libellé | Quand | Preuve |\n|")
                .append(" --- |".repeat(grille.catalogues().size() + 4))
                .append('\n');
        grille.retours().forEach(retour -> {
            var cells = new ArrayList<>(List.of(retour.situation()));
            grille.catalogues()
                    .forEach(name -> cells.add(String.valueOf(retour.codes().get(name))));
            cells.addAll(List.of(retour.libelle(), retour.quand(), retour.preuve()));
            row(out, cells.toArray(String[]::new));
        });
        out.append(
                "\n## Clôtures\n\n| Code | Libellé | Colonne | Tickets | Localisation | Responsabilité | Responsable attendu | Preuve |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        grille.clotures()
                .forEach(cloture -> row(
                        out,
                        cloture.code(),
                        cloture.libelle(),
                        cloture.colonne(),
                        cloture.ticket(),
                        cloture.localisation().toString(),
                        cloture.responsabilite().toString(),
                        String.join(" ou ", cloture.attendue()),
                        cloture.preuve()));
        out.append("\n## Autres façons d'écrire\n\n| Champ | Écrit | Lu | Preuve |\n| --- | --- | --- | --- |\n");
        grille.alias().forEach(alias -> row(out, alias.champ(), alias.ecrit(), alias.lu(), alias.preuve()));
        return out.toString();
    }

    /** Who owes what, state by state; of several flux one is enough, and some depend on a condition of the table below. */
    private static void owed(StringBuilder out, List<CycleDiagram.Arrow> arrows) {
        out.append("\n| En | L'OI doit | L'OC doit |\n| --- | --- | --- |\n");
        arrows.stream().map(arrow -> arrow.passage().en()).distinct().forEach(etat -> {
            var due = arrows.stream()
                    .map(CycleDiagram.Arrow::passage)
                    .filter(passage -> passage.du() && passage.en().equals(etat))
                    .toList();
            if (!due.isEmpty()) {
                row(out, etat, owedBy(due, Role.OI), owedBy(due, Role.OC));
            }
        });
    }

    private static String owedBy(List<Passage> due, Role role) {
        return due.stream()
                .filter(passage -> PAGE.flux(passage.sur()).emisPar().contains(role))
                .filter(passage ->
                        passage.si().stream().noneMatch(si -> si.startsWith("emis-par-") && !si.endsWith(role.name())))
                .map(Passage::sur)
                .distinct()
                .collect(Collectors.joining(" ou "));
    }

    private static List<Passage> drawn(String objet) {
        var common = Set.of(
                "Annulation_Acces", "CR_Annulation_Acces", "Mess_OI_Cmd_Acces", "Mess_OC_Cmd_Acces", "Gel_Degel");
        return PAGE.cycle(objet).stream()
                .filter(passage -> !common.contains(passage.sur()))
                .toList();
    }

    /** The lines of the table, the states that share a line together. */
    private static Map<List<String>, List<String>> table(Page page, String objet) {
        var lines = new LinkedHashMap<List<String>, List<String>>();
        for (var passage : page.cycle(objet)) {
            var exits = new ArrayList<String>();
            passage.vers().ifPresent(to -> exits.add(to.equals(passage.en()) ? "inchangé" : to));
            passage.ok().ifPresent(to -> exits.add("OK : " + (to.equals(passage.en()) ? "inchangé" : to)));
            passage.ko().ifPresent(to -> exits.add("KO : " + (to.equals(passage.en()) ? "inchangé" : to)));
            var line = List.of(
                    passage.id(),
                    passage.sur(),
                    String.join(" ; ", exits),
                    String.join(", ", passage.si()),
                    passage.du() ? "oui" : "");
            lines.computeIfAbsent(line, any -> new ArrayList<>()).add(passage.en());
        }
        return lines;
    }

    private static String emetteurs(Flux flux) {
        return flux.emisPar().stream().sorted().map(Role::name).collect(Collectors.joining(" ou "));
    }
}
