package fr.interophub.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Whatever goes wrong, told in the form that fits: a problem document under {@code /api}, a page elsewhere. What failed
 * inside is written to the log and never told outside.
 */
@ControllerAdvice
@Controller
class Erreurs implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(Erreurs.class);

    private final Problemes problemes;
    private final LocaleResolver langues;

    Erreurs(Problemes problemes, LocaleResolver langues) {
        this.problemes = problemes;
        this.langues = langues;
    }

    @ExceptionHandler
    Object failed(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
            throw failure;
        }
        if (response.isCommitted()) {
            LOG.debug("answer cut short", failure);
            return null;
        }
        if (request.getRequestURI().startsWith("/api/")) {
            // What was announced of an answer that will not come: a file name, a length.
            response.reset();
        }
        Probleme probleme = probleme(failure);
        if (probleme.status().is5xxServerError()) {
            LOG.error("{} {}", request.getMethod(), request.getRequestURI(), failure);
        }
        HttpHeaders headers = failure instanceof ErrorResponse known
                ? HttpHeaders.writableHttpHeaders(known.getHeaders())
                : new HttpHeaders();
        return answer(request, response, probleme, headers, request.getRequestURI());
    }

    private static Probleme probleme(Exception failure) {
        if (failure instanceof Probleme probleme) {
            return probleme;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorpsBorne.TropGrand) {
                return new Probleme(HttpStatus.PAYLOAD_TOO_LARGE, "corps-trop-grand", CorpsBorne.MAX);
            }
        }
        if (failure instanceof HttpMessageNotReadableException) {
            return new Probleme(HttpStatus.BAD_REQUEST, "json-illisible");
        }
        if (failure instanceof CannotGetJdbcConnectionException
                || failure instanceof CannotCreateTransactionException) {
            return of(HttpStatus.SERVICE_UNAVAILABLE);
        }
        if (failure instanceof ErrorResponse known) {
            return of(known.getStatusCode());
        }
        return of(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static Probleme of(HttpStatusCode code) {
        HttpStatus status = HttpStatus.resolve(code.value());
        if (status == null) {
            status = code.is4xxClientError() ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
        }
        return switch (status) {
            case BAD_REQUEST -> new Probleme(status, "requete");
            case UNAUTHORIZED -> new Probleme(status, "cle-inconnue");
            case FORBIDDEN -> new Probleme(status, "droit-absent");
            case NOT_FOUND -> Probleme.notFound();
            case METHOD_NOT_ALLOWED -> new Probleme(status, "methode");
            case NOT_ACCEPTABLE -> new Probleme(status, "format-demande");
            case PAYLOAD_TOO_LARGE -> new Probleme(status, "corps-trop-grand", CorpsBorne.MAX);
            case UNSUPPORTED_MEDIA_TYPE -> new Probleme(status, "format-envoye");
            case SERVICE_UNAVAILABLE -> new Probleme(status, "indisponible");
            default ->
                status.is4xxClientError()
                        ? new Probleme(status, "requete")
                        : new Probleme(HttpStatus.INTERNAL_SERVER_ERROR, "panne");
        };
    }

    private Object answer(
            HttpServletRequest request,
            HttpServletResponse response,
            Probleme probleme,
            HttpHeaders headers,
            String path) {
        Locale locale = langues.resolveLocale(request);
        if (path.startsWith("/api/") || path.startsWith("/services/")) {
            headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            headers.setContentLanguage(locale);
            return ResponseEntity.status(probleme.status())
                    .headers(headers)
                    .body(problemes.document(request, probleme, path));
        }
        ModelAndView page = new ModelAndView("erreur", probleme.status());
        page.addObject("quoi", problemes.titre(probleme, locale));
        page.addObject("pourquoi", problemes.detail(probleme, locale));
        return page;
    }

    /** What fails outside of any controller: the container's own refusals. */
    @RequestMapping("${server.error.path:/error}")
    Object error(HttpServletRequest request, HttpServletResponse response) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return answer(
                request,
                response,
                of(HttpStatusCode.valueOf(code instanceof Integer status ? status : 404)),
                new HttpHeaders(),
                path instanceof String uri ? uri : "/");
    }
}
