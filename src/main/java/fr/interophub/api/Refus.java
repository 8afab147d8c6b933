package fr.interophub.api;

import fr.interophub.api.Appelant.Droit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Says no. Without a known key, 401. With one whose right is missing, 403; but to an OC that names something that is not
 * its own, 404, as if it did not exist (decision An-OC-Sees-Itself).
 */
final class Refus implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Pattern CIBLE =
            Pattern.compile("/api/v1/(dossiers|messages|quarantaine|alertes|operateurs)/([^/]+)(/.*)?");

    private final Problemes problemes;
    private final Propriete propriete;

    Refus(Problemes problemes, Propriete propriete) {
        this.problemes = problemes;
        this.propriete = propriete;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        problemes.write(request, response, new Probleme(HttpStatus.UNAUTHORIZED, "cle-inconnue"));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        Probleme refused = hidden(request) ? Probleme.notFound() : new Probleme(HttpStatus.FORBIDDEN, "droit-absent");
        problemes.write(request, response, refused);
    }

    private boolean hidden(HttpServletRequest request) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || !(caller.getPrincipal() instanceof Appelant appelant) || appelant.droit() != Droit.OC) {
            return false;
        }
        Matcher target = CIBLE.matcher(request.getRequestURI());
        return target.matches() && !propriete.owns(appelant.operateur(), target.group(1), target.group(2));
    }
}
