package fr.interophub.api;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.lang.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * French, unless English is asked for: by {@code ?lang=en} (kept in a cookie, on the console), else by
 * {@code Accept-Language}.
 */
public final class Langue implements LocaleResolver, HandlerInterceptor {

    private static final String PARAMETRE = "lang";
    private static final String COOKIE = "langue";
    private static final int UN_AN = 365 * 24 * 3600;

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        Locale asked = spoken(request.getParameter(PARAMETRE));
        if (asked == null && !api(request)) {
            Cookie cookie = WebUtils.getCookie(request, COOKIE);
            asked = cookie == null ? null : spoken(cookie.getValue());
        }
        return asked == null ? accepted(request) : asked;
    }

    private static boolean api(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/");
    }

    private static Locale accepted(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        if (header == null) {
            return Locale.FRENCH;
        }
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(header);
            Locale best = Locale.lookup(ranges, Arrays.asList(Locale.FRENCH, Locale.ENGLISH));
            return best == null ? Locale.FRENCH : best;
        } catch (IllegalArgumentException unreadable) {
            return Locale.FRENCH;
        }
    }

    private static Locale spoken(@Nullable String tag) {
        return "en".equals(tag) ? Locale.ENGLISH : "fr".equals(tag) ? Locale.FRENCH : null;
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language is asked for by ?lang=");
    }

    /** Keeps a language that was asked for on a page. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Locale asked = spoken(request.getParameter(PARAMETRE));
        if (asked != null && !api(request)) {
            Cookie cookie = new Cookie(COOKIE, asked.getLanguage());
            cookie.setPath("/");
            cookie.setMaxAge(UN_AN);
            cookie.setHttpOnly(true);
            cookie.setSecure(request.isSecure());
            cookie.setAttribute("SameSite", "Lax");
            response.addCookie(cookie);
        }
        return true;
    }
}
