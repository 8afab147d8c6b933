package fr.interophub.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.operateur.Faute;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.LocaleResolver;

/** Problem documents (RFC 9457), in the language that the caller asks for; never an internal message. */
public final class Problemes {

    private static final String TYPE = "urn:interop-hub:probleme:";

    private final MessageSource messages;
    private final LocaleResolver langues;
    private final ObjectMapper json;

    Problemes(MessageSource messages, LocaleResolver langues, ObjectMapper json) {
        this.messages = messages;
        this.langues = langues;
        this.json = json;
    }

    /** The document of a problem. */
    public ProblemDetail document(HttpServletRequest request, Probleme probleme) {
        return document(request, probleme, path(request));
    }

    ProblemDetail document(HttpServletRequest request, Probleme probleme, String path) {
        Locale locale = langues.resolveLocale(request);
        ProblemDetail document = ProblemDetail.forStatus(probleme.status());
        document.setType(URI.create(TYPE + probleme.code()));
        document.setTitle(titre(probleme, locale));
        document.setDetail(detail(probleme, locale));
        document.setInstance(uri(path));
        if (!probleme.fautes().isEmpty()) {
            document.setProperty("fautes", fautes(probleme.fautes(), locale));
        }
        return document;
    }

    /** What kind of problem it is. */
    public String titre(Probleme probleme, Locale locale) {
        return messages.getMessage("probleme." + probleme.code() + ".titre", null, locale);
    }

    /** What this one is about. */
    public String detail(Probleme probleme, Locale locale) {
        return messages.getMessage("probleme." + probleme.code() + ".detail", probleme.arguments(), locale);
    }

    private List<Map<String, String>> fautes(List<Faute> fautes, Locale locale) {
        return fautes.stream()
                .map(faute -> {
                    Map<String, String> one = new LinkedHashMap<>();
                    one.put("champ", faute.champ());
                    one.put("pointeur", faute.pointeur());
                    one.put("detail", detail(faute, locale));
                    return one;
                })
                .toList();
    }

    /** What is wrong there. */
    String detail(Faute faute, Locale locale) {
        return messages.getMessage("faute." + faute.code(), faute.arguments().toArray(), locale);
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI();
    }

    private static URI uri(String path) {
        try {
            return URI.create(path);
        } catch (IllegalArgumentException notAnUri) {
            return URI.create("/");
        }
    }

    /** Answers outside of any controller. */
    void write(HttpServletRequest request, HttpServletResponse response, Probleme probleme) throws IOException {
        if (probleme.status() == HttpStatus.UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "ApiKey header=\"" + FiltreCle.ENTETE + "\"");
        }
        response.setStatus(probleme.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_LANGUAGE, langues.resolveLocale(request).getLanguage());
        json.writeValue(response.getOutputStream(), document(request, probleme));
    }
}
