package fr.interophub.console;

import fr.interophub.api.Nouvelles;
import fr.interophub.operateur.Annuaire;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Who we talk to, and when each was last heard. Sheets are written by REST. */
@Controller
class PagesOperateurs {

    private final Annuaire annuaire;
    private final Nouvelles nouvelles;

    PagesOperateurs(Annuaire annuaire, Nouvelles nouvelles) {
        this.annuaire = annuaire;
        this.nouvelles = nouvelles;
    }

    @GetMapping("/operateurs")
    String list(Model model) {
        List<Nouvelles.Vue> rows = annuaire.list().stream().map(nouvelles::of).toList();
        model.addAttribute("operateurs", rows);
        return "operateurs";
    }

    @GetMapping("/connexion")
    String login() {
        return "connexion";
    }
}
