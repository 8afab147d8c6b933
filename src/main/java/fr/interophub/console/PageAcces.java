package fr.interophub.console;

import fr.interophub.api.Dossiers;
import fr.interophub.api.Parametres;
import fr.interophub.api.Probleme;
import fr.interophub.parc.Acces;
import fr.interophub.parc.Parc;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** An access: its orders and its trouble tickets, and what was said of all of them, in one line of time. */
@Controller
class PageAcces {

    private static final String PAGE = "/acces";

    /** What Accès and SAV call the same reference (spec SAV §b.1). */
    private static final List<String> PRESTATIONS = List.of("ReferencePrestationPrise", "commercialId");

    private static final List<String> PRISES = List.of("ReferencePrise", "technicalId");

    private final Dossiers dossiers;
    private final Parc parc;

    PageAcces(Dossiers dossiers, Parc parc) {
        this.dossiers = dossiers;
        this.parc = parc;
    }

    /** Something said of one of the dossiers. */
    record Moment(Dossiers.Vue dossier, Dossiers.MessageVue message) {}

    /** The page of the access that a dossier is about; null when it names none. */
    static String link(Dossiers.Vue dossier) {
        String prestation = named(dossier, PRESTATIONS);
        String prise = named(dossier, PRISES);
        return prestation == null && prise == null
                ? null
                : Vues.link(PAGE, "operateur", dossier.operateur(), "prestation", prestation, "prise", prise);
    }

    private static String named(Dossiers.Vue dossier, List<String> champs) {
        return champs.stream()
                .map(dossier.references()::get)
                .filter(reference -> reference != null && !reference.isEmpty())
                .findFirst()
                .orElse(null);
    }

    @GetMapping(PAGE)
    String get(
            @RequestParam String operateur,
            @RequestParam(required = false) String prestation,
            @RequestParam(required = false) String prise,
            Model model) {
        String name = Parametres.texte(prestation);
        Acces acces = name == null ? null : parc.find(operateur, name).orElse(null);
        String socket = acces == null || acces.prise() == null ? Parametres.texte(prise) : acces.prise();
        List<Dossiers.Vue> found = about(operateur, name, socket);
        if (acces == null && found.isEmpty()) {
            throw Probleme.notFound();
        }
        model.addAttribute("acces", acces)
                .addAttribute("nom", name == null ? socket : name)
                .addAttribute("prise", socket)
                .addAttribute("operateur", operateur)
                .addAttribute("dossiers", found)
                .addAttribute(
                        "moments",
                        found.stream()
                                .flatMap(dossier -> dossiers.messages(dossier.id(), 0).messages().stream()
                                        .map(message -> new Moment(dossier, message)))
                                .sorted(Comparator.comparing(
                                        moment -> moment.message().date()))
                                .toList());
        return "acces";
    }

    /** Those that name the access, and those that name its socket and no other access; the oldest first. */
    private List<Dossiers.Vue> about(String operateur, String prestation, String prise) {
        Map<UUID, Dossiers.Vue> found = new TreeMap<>();
        Stream.of(prestation, prise)
                .filter(reference -> reference != null)
                .flatMap(reference -> dossiers
                        .list(new Dossiers.Recherche(reference, null, null, operateur, null, null, Dossiers.DEFAUT))
                        .lignes()
                        .stream())
                .filter(dossier -> {
                    String other = named(dossier, PRESTATIONS);
                    return prestation == null || other == null || other.equalsIgnoreCase(prestation);
                })
                .forEach(dossier -> found.put(dossier.id(), dossier));
        return found.values().stream()
                .sorted(Comparator.comparing(Dossiers.Vue::creeLe))
                .toList();
    }
}
