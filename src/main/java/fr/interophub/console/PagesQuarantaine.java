package fr.interophub.console;

import fr.interophub.api.EntreesQuarantaine;
import fr.interophub.api.Gestes;
import fr.interophub.api.Parametres;
import fr.interophub.api.Probleme;
import fr.interophub.api.Tranche;
import fr.interophub.operateur.Annuaire;
import fr.interophub.suivi.JdbcAlertes;
import java.security.Principal;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What waits for a look: what is kept aside, and the alerts. */
@Controller
class PagesQuarantaine {

    private static final int PAGE = 50;
    private static final int ALERTES = 200;

    private final EntreesQuarantaine entrees;
    private final JdbcAlertes alertes;
    private final Gestes gestes;
    private final Annuaire annuaire;
    private final Messages messages;

    PagesQuarantaine(
            EntreesQuarantaine entrees, JdbcAlertes alertes, Gestes gestes, Annuaire annuaire, Messages messages) {
        this.entrees = entrees;
        this.alertes = alertes;
        this.gestes = gestes;
        this.annuaire = annuaire;
        this.messages = messages;
    }

    @GetMapping("/quarantaine")
    String list(
            @RequestParam(required = false) String operateur,
            @RequestParam(required = false) String apres,
            @RequestHeader(name = Vues.HTMX, required = false) String htmx,
            Model model) {
        Tranche<EntreesQuarantaine.Vue> page =
                entrees.list(Parametres.texte(operateur), null, Parametres.apres(apres), PAGE);
        model.addAttribute("page", page)
                .addAttribute("ici", Vues.link("/quarantaine", "operateur", operateur, "apres", apres))
                .addAttribute("suite", Vues.link("/quarantaine", "operateur", operateur, "apres", page.suivant()))
                .addAttribute("operateurs", annuaire.list())
                .addAttribute("choisi", operateur)
                .addAttribute("debut", apres == null);
        return Vues.page("quarantaine", htmx);
    }

    @GetMapping("/quarantaine/{id}")
    String get(@PathVariable String id, Model model) {
        model.addAttribute("entree", entrees.find(Parametres.id(id)).orElseThrow(Probleme::notFound));
        return "entree";
    }

    @PostMapping("/quarantaine/{id}/rejouer")
    String replay(
            @PathVariable String id,
            @RequestParam(required = false) String motif,
            Principal who,
            RedirectAttributes flash) {
        messages.tell(flash, "geste.rejoue", () -> {
            UUID entry = Parametres.id(id);
            gestes.rejouer(entry, who.getName(), Parametres.motif(motif));
        });
        return "redirect:/quarantaine";
    }

    @PostMapping("/quarantaine/{id}/ecarter")
    String dismiss(
            @PathVariable String id,
            @RequestParam(required = false) String motif,
            Principal who,
            RedirectAttributes flash) {
        messages.tell(flash, "geste.ecarte", () -> {
            UUID entry = Parametres.id(id);
            gestes.ecarter(entry, who.getName(), Parametres.motif(motif));
        });
        return "redirect:/quarantaine";
    }

    @GetMapping("/alertes")
    String alerts(@RequestHeader(name = Vues.HTMX, required = false) String htmx, Model model) {
        model.addAttribute("alertes", alertes.list(ALERTES));
        return Vues.page("alertes", htmx);
    }

    @PostMapping("/alertes/{id}/fermer")
    String close(@PathVariable String id, Principal who, RedirectAttributes flash) {
        messages.tell(
                flash, "geste.ferme", () -> gestes.fermerAlerte(Parametres.id(id), who.getName(), "vue au guichet"));
        return "redirect:/alertes";
    }
}
