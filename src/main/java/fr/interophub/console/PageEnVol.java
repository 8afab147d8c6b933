package fr.interophub.console;

import fr.interophub.api.Gestes;
import fr.interophub.api.Parametres;
import fr.interophub.si.DemandesEnVol;
import java.security.Principal;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The demandes in flight by a mode that their operator has left; it does not refresh itself, since boxes are ticked on it. */
@Controller
class PageEnVol {

    private static final String PAGE = "/en-vol";
    private static final int LIGNES = 50;

    private final DemandesEnVol enVol;
    private final Gestes gestes;
    private final Messages messages;

    PageEnVol(DemandesEnVol enVol, Gestes gestes, Messages messages) {
        this.enVol = enVol;
        this.gestes = gestes;
        this.messages = messages;
    }

    @GetMapping(PAGE)
    String list(@RequestParam(required = false) String avant, Model model) {
        DemandesEnVol.Liste page = enVol.list(Parametres.numero("avant", avant), LIGNES);
        model.addAttribute("page", page)
                .addAttribute("suite", Vues.link(PAGE, "avant", page.suivant()))
                .addAttribute("debut", avant == null);
        return "en-vol";
    }

    @PostMapping(PAGE)
    String move(
            @RequestParam(required = false) List<String> numero,
            @RequestParam(required = false) String motif,
            Principal who,
            RedirectAttributes flash) {
        messages.tell(
                flash,
                "geste.deplace",
                () -> gestes.deplacer(
                        (numero == null ? List.<String>of() : numero)
                                .stream()
                                        .map(one -> Parametres.numero("numero", one))
                                        .toList(),
                        who.getName(),
                        Parametres.motif(motif)));
        return "redirect:" + PAGE;
    }
}
