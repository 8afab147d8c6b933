package fr.interophub.cycle;

import static fr.interophub.PagesEcrites.row;

import fr.interophub.PagesEcrites;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Champ;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Writes the generated pages of docs/. */
@DisplayName("La documentation tirée du catalogue")
class DocumentationTest {

    private static final String NOTE =
            "<!-- Page écrite par DocumentationTest à partir du catalogue : ne pas la corriger ici. -->\n\n";
    private static final List<String> MODELES = List.of("modele-OI", "modele-STOC", "modele-OC");
    private static final Page PAGE = Catalogue.load().page("acces", "1.2");

    @Test
    void pagesAreWhatTheCatalogueSays() throws IOException {
        var pages = new LinkedHashMap<Path, String>();
        pages.put(Path.of("docs/flux/acces-1.2.md"), index());
        for (var flux : PAGE.flux()) {
            pages.put(Path.of("docs/flux/acces-1.2", flux.code() + ".md"), page(flux));
        }
        pages.put(Path.of("docs/cycles/acces-1.2.md"), cycles());
        PagesEcrites.hold(pages);
    }

    private static String index() {
        var out = new StringBuilder("# Accès 1.2 : les flux\n\n").append(NOTE);
        out.append(
                "| Flux | Émis par | Objet | Attend | Verdict | Colonnes | Jeton du nom de fichier |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for (var flux : PAGE.flux()) {
            row(
                    out,
                    "[%s](acces-1.2/%s.md)%s"
                            .formatted(flux.code(), flux.code(), flux.pratique() ? "" : " (non pratiqué)"),
                    emetteurs(flux),
                    flux.objet(),
                    flux.attend().orElse(""),
                    flux.etat().orElse(""),
                    String.valueOf(PAGE.feuille(flux.code()).size()),
                    flux.jeton());
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

    private static String page(Flux flux) {
        var sheet = PAGE.feuille(flux.code());
        var out = new StringBuilder("# ").append(flux.code()).append("\n\n").append(NOTE);
        out.append("Émis par ")
                .append(emetteurs(flux))
                .append(", au sujet d'")
                .append(flux.objet().equals("rdv") ? "un rendez-vous" : "une commande");
        out.append(", retrouvé par `").append(flux.reference()).append("`.");
        flux.attend()
                .ifPresent(attend -> out.append(" Réponse attendue : [")
                        .append(attend)
                        .append("](")
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
        out.append("\nEn-tête :\n\n```\n").append(sheet.header()).append("\n```\n");
        return out.toString();
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
                        + " supposent qu'aucune annulation n'est en cours.\n");
        for (var modele : MODELES) {
            var others = new ArrayList<>(MODELES);
            others.remove(modele);
            others.add("annulation-en-cours");
            out.append("\n## Commande, modèle ")
                    .append(modele.substring("modele-".length()))
                    .append("\n\n```mermaid\n");
            out.append(CycleDiagram.draw(drawn("commande"), Set.of(modele), others))
                    .append("```\n");
        }
        out.append("\n## Rendez-vous\n\n```mermaid\n")
                .append(CycleDiagram.draw(PAGE.cycle("rdv")))
                .append("```\n");
        for (var objet : List.of("commande", "rdv")) {
            out.append("\n## États : ").append(objet).append("\n\n| État | Sens | Final |\n| --- | --- | --- |\n");
            PAGE.etats(objet)
                    .forEach(etat ->
                            row(out, etat, PAGE.libelleEtat(objet, etat), PAGE.terminal(objet, etat) ? "oui" : ""));
            out.append("\n## Passages : ")
                    .append(objet)
                    .append("\n\n| Id | En | Sur | Va en | Si |\n| --- | --- | --- | --- | --- |\n");
            table(objet)
                    .forEach((line, states) ->
                            row(out, line.get(0), String.join(", ", states), line.get(1), line.get(2), line.get(3)));
        }
        out.append(
                "\n## Conditions\n\nDeux conditions d'une même famille ne sont jamais vraies ensemble ; « pas x » est le contraire de x.\n\n");
        out.append("| Condition | Famille | Sens |\n| --- | --- | --- |\n");
        PAGE.listConditions()
                .forEach(condition ->
                        row(out, condition.nom(), condition.famille().orElse(""), condition.sens()));
        return out.toString();
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
            var line = List.of(passage.id(), passage.sur(), String.join(" ; ", exits), String.join(", ", passage.si()));
            lines.computeIfAbsent(line, any -> new ArrayList<>()).add(passage.en());
        }
        return lines;
    }

    private static String emetteurs(Flux flux) {
        return flux.emisPar().stream().sorted().map(Role::name).collect(Collectors.joining(" ou "));
    }
}
