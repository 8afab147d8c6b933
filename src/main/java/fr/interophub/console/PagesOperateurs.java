package fr.interophub.console;

import fr.interophub.api.Nouvelles;
import fr.interophub.api.Probleme;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import fr.interophub.operateur.Theme;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Who we talk to, when each was last heard, and what was agreed with it. Sheets are written by REST or as files. */
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

    @GetMapping("/operateurs/{code}")
    String one(@PathVariable String code, Model model) {
        Operateur operateur = annuaire.find(code).orElseThrow(Probleme::notFound);
        model.addAttribute("n", nouvelles.of(operateur));
        model.addAttribute("themes", Theme.of(operateur.contrat()));
        return "operateur";
    }

    @GetMapping("/connexion")
    String login() {
        return "connexion";
    }
}
