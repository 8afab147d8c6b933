package fr.interophub.api;

import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;

/**
 * Who may come in, by which door. Everything is closed but what is opened here: the management port's health and
 * metrics, {@code /api} by key, {@code /services} by its own login, the console by a form.
 */
@Configuration
@EnableWebSecurity
class Securite {

    private static final String OI = "OI";
    private static final String OC = "OC";
    private static final String SI = "SI";

    /** What an OC may read; the views confine it to its own. */
    private static final String[] LECTURE = {
        "/api/v1/dossiers", "/api/v1/dossiers/*", "/api/v1/messages/*/contenu", "/api/v1/quarantaine"
    };

    private static final String CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain management(HttpSecurity http) throws Exception {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(rules -> rules.requestMatchers(
                                EndpointRequest.to("health", "info", "metrics", "prometheus"),
                                EndpointRequest.toLinks())
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain rest(HttpSecurity http, TrousseauDeCles trousseau, Problemes problemes, Propriete propriete)
            throws Exception {
        Refus refus = new Refus(problemes, propriete);
        return http.securityMatcher("/api/**")
                .addFilterAfter(new FiltreCle(trousseau), SecurityContextHolderFilter.class)
                .addFilterAfter(new CorpsBorne(problemes), AuthorizationFilter.class)
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/api/v1/si/demandes/en-vol/**")
                        .hasRole(OI)
                        .requestMatchers("/api/v1/si/**", "/api/v1/parc", "/api/v1/parc/**")
                        .hasAnyRole(OI, SI)
                        .requestMatchers(HttpMethod.GET, LECTURE)
                        .hasAnyRole(OI, OC)
                        .requestMatchers(HttpMethod.HEAD, LECTURE)
                        .hasAnyRole(OI, OC)
                        .requestMatchers(HttpMethod.POST, "/api/v1/operateurs/*/tester")
                        .hasAnyRole(OI, OC)
                        .anyRequest()
                        .hasRole(OI))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refus).accessDeniedHandler(refus))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.frameOptions(frame -> frame.deny())
                        .contentSecurityPolicy(
                                csp -> csp.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /**
     * Partners' endpoints carry their own authentication (protocol SAV): no key, no session. They are the paths of a servlet
     * of their own, which a pattern would look for under its mapping.
     */
    @Bean
    @Order(3)
    SecurityFilterChain services(HttpSecurity http) throws Exception {
        return http.securityMatcher(request -> "/services".equals(request.getServletPath()))
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain console(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(
                        rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers("/connexion", "/console.css", "/favicon.svg", "/webjars/htmx.org/**")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .formLogin(form -> form.loginPage("/connexion")
                        .usernameParameter("login")
                        .passwordParameter("motDePasse")
                        .failureUrl("/connexion?erreur"))
                .logout(logout -> logout.logoutUrl("/deconnexion").logoutSuccessUrl("/connexion?fin"))
                .exceptionHandling(errors -> errors
                        // A list that refreshes itself does not swallow the login page: the whole page is asked again.
                        .defaultAuthenticationEntryPointFor(
                                (request, response, why) -> {
                                    response.setHeader("HX-Refresh", "true");
                                    response.setStatus(HttpStatus.UNAUTHORIZED.value());
                                },
                                new RequestHeaderRequestMatcher("HX-Request"))
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/connexion"), request -> true))
                .headers(headers -> headers.frameOptions(frame -> frame.deny())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .contentSecurityPolicy(csp -> csp.policyDirectives(CSP)))
                .build();
    }

    /** The desk's one account, its password hashed at once; without login or password nobody comes in. */
    @Bean
    UserDetailsService desk(
            PasswordEncoder encoder,
            @Value("${hub.console.login:}") String login,
            @Value("${hub.console.mot-de-passe:}") String password) {
        InMemoryUserDetailsManager accounts = new InMemoryUserDetailsManager();
        if (!login.isBlank() && !password.isBlank()) {
            accounts.createUser(User.withUsername(login)
                    .password(encoder.encode(password))
                    .roles(OI)
                    .build());
        }
        return accounts;
    }
}
