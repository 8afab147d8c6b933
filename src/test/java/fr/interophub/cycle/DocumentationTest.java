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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final Path SHEETS = Path.of("src/main/resources/catalogue");
    private static final List<Page> PAGES = Catalogue.load().pages();

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
            assertThat(page.cycle("commande")).as("cycle de %s", page).isEqualTo(PAGE.cycle("commande"));
        }
        pages.put(Path.of("docs/cycles/acces-1.2.md"), cycles());
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
        var out = new StringBuilder("# Accès %s : les flux\n\n".formatted(page.version())).append(NOTE);
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
        if (page != PAGE) {
            out.append(
                    "\nRéférences, motifs de KO et [cycles](../cycles/acces-1.2.md) : ceux d'[Accès 1.2](acces-1.2.md).\n");
            return out.toString();
        }
        out.append("\nUn dossier se retrouve par : ")
                .append(String.join(", ", PAGE.references()))
                .append(".\n\n## Motifs de KO\n\n");
        out.append("| Code | Libellé | Flux | Cause |\n| --- | --- | --- | --- |\n");
        PAGE.motifs()
                .forEach(motif -> row(
                        out,
                        motif.code(),
                        motif.libelle(),
                        motif.flux().stream().sorted().collect(Collectors.joining(", ")),
                        motif.cause()));
        return out.toString();
    }

    private static String page(Page page, Flux flux) {
        var sheet = page.feuille(flux.code());
        var out = new StringBuilder("# ")
                .append(flux.code())
                .append(page == PAGE ? "" : ", version " + page.version())
                .append("\n\n")
                .append(NOTE);
        out.append("Émis par ")
                .append(emetteurs(flux))
                .append(", au sujet d'")
                .append(flux.objet().equals("rdv") ? "un rendez-vous" : "une commande");
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
        for (var objet : List.of("commande", "rdv")) {
            out.append("\n## États : ").append(objet).append("\n\n| État | Sens | Final |\n| --- | --- | --- |\n");
            PAGE.etats(objet)
                    .forEach(etat ->
                            row(out, etat, PAGE.libelleEtat(objet, etat), PAGE.terminal(objet, etat) ? "oui" : ""));
            out.append("\n## Passages : ")
                    .append(objet)
                    .append("\n\n| Id | En | Sur | Va en | Si | Dû |\n| --- | --- | --- | --- | --- | --- |\n");
            table(objet)
                    .forEach((line, states) -> row(
                            out,
                            line.get(0),
                            String.join(", ", states),
                            line.get(1),
                            line.get(2),
                            line.get(3),
                            line.get(4)));
        }
        out.append(
                "\n## Conditions\n\nDeux conditions d'une même famille ne sont jamais vraies ensemble ; « pas x » est le contraire de x.\n\n");
        out.append("| Condition | Famille | Sens |\n| --- | --- | --- |\n");
        PAGE.listConditions()
                .forEach(condition ->
                        row(out, condition.nom(), condition.famille().orElse(""), condition.sens()));
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
    private static Map<List<String>, List<String>> table(String objet) {
        var lines = new LinkedHashMap<List<String>, List<String>>();
        for (var passage : PAGE.cycle(objet)) {
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
