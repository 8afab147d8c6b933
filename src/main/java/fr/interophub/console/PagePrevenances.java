package fr.interophub.console;

import fr.interophub.api.Parametres;
import fr.interophub.api.SuiviPrevenances;
import fr.interophub.api.Tranche;
import fr.interophub.prevenance.Annonce;
import fr.interophub.prevenance.Prevenances;
import fr.interophub.prevenance.Verdict;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Works on a PM: to announce them, and to see who has acknowledged; and the damages that OCs have told. */
@Controller
class PagePrevenances {

    private static final String PAGE = "/prevenances";
    private static final int LIGNES = 20;

    private final Prevenances prevenances;
    private final SuiviPrevenances suivi;
    private final MessageSource texts;

    PagePrevenances(Prevenances prevenances, SuiviPrevenances suivi, MessageSource texts) {
        this.prevenances = prevenances;
        this.suivi = suivi;
        this.texts = texts;
    }

    /** What the form says, as its fields write it; {@code debut} and {@code fin}: {@code 2026-11-24T08:00}. */
    record Saisie(String reference, String pm, String debut, String fin, String adresses, String commentaire) {

        private Annonce annonce() {
            return new Annonce(
                    reference,
                    pm,
                    protocole(debut),
                    protocole(fin),
                    commentaire,
                    adresses == null ? List.of() : adresses.lines().toList());
        }

        /** A date as the protocol writes it. */
        private static String protocole(String date) {
            return Objects.requireNonNullElse(date, "").replace("-", "").replace('T', ' ');
        }
    }

    @GetMapping(PAGE)
    String list(
            @RequestParam(required = false) String apres,
            @RequestParam(required = false) String dommagesApres,
            @RequestHeader(name = Vues.HTMX, required = false) String htmx,
            Model model) {
        Tranche<SuiviPrevenances.Vue> page = suivi.list(Parametres.apres(apres), LIGNES);
        Tranche<SuiviPrevenances.Dommage> dommages = suivi.dommages(Parametres.apres(dommagesApres), LIGNES);
        model.addAttribute("page", page)
                .addAttribute("dommages", dommages)
                .addAttribute("suite", link(page.suivant(), dommagesApres))
                .addAttribute("suiteDommages", link(apres, dommages.suivant()))
                .addAttribute("debut", apres == null && dommagesApres == null);
        return Vues.page("prevenances", htmx);
    }

    private static String link(Object apres, Object dommagesApres) {
        return Vues.link(PAGE, "apres", apres, "dommagesApres", dommagesApres);
    }

    /** Refused, the form comes back as it was filled in. */
    @PostMapping(PAGE)
    String announce(@ModelAttribute("saisie") Saisie saisie, Principal who, Model model, RedirectAttributes flash) {
        Verdict verdict = prevenances.announce(saisie.annonce(), who.getName());
        if (verdict.ok()) {
            flash.addFlashAttribute(
                    "fait",
                    texts.getMessage(
                            "prevenances.fait",
                            new Object[] {verdict.reference(), verdict.envois().size()},
                            LocaleContextHolder.getLocale()));
            return "redirect:" + PAGE;
        }
        model.addAttribute("refus", verdict.detail());
        return list(null, null, null, model);
    }
}
