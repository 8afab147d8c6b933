package fr.interophub.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Recognises the caller by its header {@value #ENTETE}; two keys in one request are none. */
final class FiltreCle extends OncePerRequestFilter {

    static final String ENTETE = "X-Api-Key";

    private final TrousseauDeCles trousseau;

    FiltreCle(TrousseauDeCles trousseau) {
        this.trousseau = trousseau;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> keys = Collections.list(request.getHeaders(ENTETE));
        if (keys.size() == 1) {
            trousseau.find(keys.get(0)).ifPresent(FiltreCle::enter);
        }
        chain.doFilter(request, response);
    }

    private static void enter(Appelant appelant) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                appelant,
                null,
                AuthorityUtils.createAuthorityList("ROLE_" + appelant.droit().name())));
        SecurityContextHolder.setContext(context);
    }
}
