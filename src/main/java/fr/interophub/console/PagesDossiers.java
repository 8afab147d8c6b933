package fr.interophub.console;

import fr.interophub.api.Contenus;
import fr.interophub.api.Dossiers;
import fr.interophub.api.Gestes;
import fr.interophub.api.Parametres;
import fr.interophub.api.Probleme;
import fr.interophub.api.Tranche;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The dossiers: what lives, found by any reference, and the life of each. */
@Controller
class PagesDossiers {

    private static final String SANS_DOSSIER = "/sans-dossier";

    private final Dossiers dossiers;
    private final Contenus contenus;
    private final Gestes gestes;
    private final Annuaire annuaire;
    private final Etiquettes etiquettes;
    private final Messages messages;
    private final Plans plans;

    PagesDossiers(
            Dossiers dossiers,
            Contenus contenus,
            Gestes gestes,
            Annuaire annuaire,
            Etiquettes etiquettes,
            Messages messages,
            Plans plans) {
        this.dossiers = dossiers;
        this.contenus = contenus;
        this.gestes = gestes;
        this.annuaire = annuaire;
        this.etiquettes = etiquettes;
        this.messages = messages;
        this.plans = plans;
    }

    /** What is looked for, as it stands in the form. */
    record Recherche(String reference, String operateur, String etat) {

        /** True when nothing is left out. */
        public boolean vide() {
            return Parametres.texte(reference) == null
                    && Parametres.texte(operateur) == null
                    && Parametres.texte(etat) == null;
        }
    }

    private static String link(String reference, String operateur, String etat, Object apres) {
        return Vues.link("/", "reference", reference, "operateur", operateur, "etat", etat, "apres", apres);
    }

    @GetMapping("/")
    String list(
            @RequestParam(required = false) String reference,
            @RequestParam(required = false) String operateur,
            @RequestParam(required = false) String etat,
            @RequestParam(required = false) String apres,
            @RequestHeader(name = Vues.HTMX, required = false) String htmx,
            Model model) {
        Tranche<Dossiers.Vue> page = dossiers.list(new Dossiers.Recherche(
                Parametres.texte(reference),
                null,
                Parametres.texte(etat),
                Parametres.texte(operateur),
                null,
                Parametres.apres(apres),
                Dossiers.DEFAUT));
        model.addAttribute("page", page)
                .addAttribute("operateurs", annuaire.list())
                .addAttribute("etats", etiquettes.etats())
                .addAttribute("recherche", new Recherche(reference, operateur, etat))
                .addAttribute("ici", link(reference, operateur, etat, apres))
                .addAttribute("retour", link(reference, operateur, etat, null))
                .addAttribute("suite", link(reference, operateur, etat, page.suivant()))
                .addAttribute("debut", apres == null);
        return Vues.page("dossiers", htmx);
    }

    @GetMapping("/dossiers/{id}")
    String get(
            @PathVariable String id, @RequestParam(required = false, defaultValue = "0") String depuis, Model model) {
        Dossiers.Vue dossier = dossiers.find(Parametres.id(id), null).orElseThrow(Probleme::notFound);
        int rang = depuis.matches("[0-9]{1,9}") ? Integer.parseInt(depuis) : 0;
        Dossiers.Messages life = dossiers.messages(dossier.id(), 0);
        Optional<Operateur> operateur = annuaire.find(dossier.operateur());
        model.addAttribute("dossier", dossier)
                .addAttribute("suite", rang == 0 ? life : dossiers.messages(dossier.id(), rang))
                .addAttribute(
                        "plan",
                        plans.find(
                                        dossier,
                                        life.messages(),
                                        operateur.map(Operateur::contrat).orElse(Contrat.DEFAUT))
                                .orElse(null))
                .addAttribute(
                        "sens",
                        etiquettes.sens(dossier.protocole(), dossier.version(), dossier.objet(), dossier.etat()))
                .addAttribute("operateur", operateur.orElse(null))
                .addAttribute("acces", PageAcces.link(dossier));
        return "dossier";
    }

    @GetMapping(SANS_DOSSIER)
    String outside(
            @RequestParam(required = false) String operateur,
            @RequestParam(required = false) String apres,
            Model model) {
        Tranche<Dossiers.MessageVue> page =
                dossiers.outside(Parametres.texte(operateur), Parametres.apres(apres), Dossiers.DEFAUT);
        model.addAttribute("page", page)
                .addAttribute("operateurs", annuaire.list())
                .addAttribute("choisi", operateur)
                .addAttribute("retour", Vues.link(SANS_DOSSIER, "operateur", operateur))
                .addAttribute("suite", Vues.link(SANS_DOSSIER, "operateur", operateur, "apres", page.suivant()))
                .addAttribute("debut", apres == null);
        return "sans-dossier";
    }

    @GetMapping("/messages/{id}/contenu")
    void content(@PathVariable String id, HttpServletResponse response) throws IOException {
        contenus.send(contenus.find(Parametres.id(id), null).orElseThrow(Probleme::notFound), response);
    }

    @PostMapping("/messages/{id}/reemettre")
    String again(
            @PathVariable String id,
            @RequestParam(required = false) String motif,
            @RequestParam(required = false) String dossier,
            Principal who,
            RedirectAttributes flash) {
        messages.tell(
                flash,
                "geste.reemis",
                () -> gestes.reemettre(Parametres.id(id), who.getName(), Parametres.motif(motif)));
        return Parametres.uuid(dossier)
                .map(back -> "redirect:/dossiers/" + back)
                .orElse("redirect:" + SANS_DOSSIER);
    }
}
