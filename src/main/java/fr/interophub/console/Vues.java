package fr.interophub.console;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** What every page has. */
@ControllerAdvice("fr.interophub.console")
class Vues {

    /** Told by a list that refreshes itself: it wants its rows, not the whole page. */
    static final String HTMX = "HX-Request";

    private final Etiquettes etiquettes;
    private final String oi;

    Vues(Etiquettes etiquettes, @Value("${hub.oi.code}") String oi) {
        this.etiquettes = etiquettes;
        this.oi = oi;
    }

    /** The page, or its living part when only that is asked for. */
    static String page(String name, String htmx) {
        return htmx == null ? name : name + " :: vivant";
    }

    /** A link to a page of a list; parameters without a value are left out. */
    static String link(String path, Object... parameters) {
        UriComponentsBuilder link = UriComponentsBuilder.fromPath(path);
        for (int i = 0; i < parameters.length; i += 2) {
            Object value = parameters[i + 1];
            if (value != null && !value.toString().isBlank()) {
                link.queryParam(parameters[i].toString(), UriUtils.encode(value.toString(), StandardCharsets.UTF_8));
            }
        }
        return link.build(true).toUriString();
    }

    @ModelAttribute("etiquettes")
    Etiquettes etiquettes() {
        return etiquettes;
    }

    @ModelAttribute("oi")
    String oi() {
        return oi;
    }

    @ModelAttribute("moi")
    String moi(Principal who) {
        return who == null ? null : who.getName();
    }
}
