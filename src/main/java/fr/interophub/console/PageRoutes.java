package fr.interophub.console;

import fr.interophub.api.Parametres;
import fr.interophub.api.RoutesEnAttente;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Routes that orders hold for too long, OC by OC, and the list by which a campaign asks each to close its own. */
@Controller
class PageRoutes {

    private static final String PAGE = "/routes";

    private final RoutesEnAttente routes;

    PageRoutes(RoutesEnAttente routes) {
        this.routes = routes;
    }

    @GetMapping(PAGE)
    String count(@RequestParam(required = false) String jours, Model model) {
        int since = RoutesEnAttente.jours(jours);
        model.addAttribute("jours", since).addAttribute("comptes", routes.count(since));
        return "routes";
    }

    @GetMapping(path = PAGE + "/campagne.csv")
    void campaign(
            @RequestParam(required = false) String operateur,
            @RequestParam(required = false) String jours,
            HttpServletResponse response)
            throws IOException {
        int since = RoutesEnAttente.jours(jours);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"routes-en-attente.csv\"");
        routes.write(Parametres.texte(operateur), since, response.getWriter());
    }
}
