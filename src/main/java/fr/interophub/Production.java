package fr.interophub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What profile {@code production} refuses to start on (front door, "Starting it"): demo secrets, an unsafe store, a door
 * without authentication. Every reason is told at once.
 */
@Component
@Profile("production")
class Production {

    private static final Map<String, String> SECRETS = Map.of(
            "hub.cles.oi", "la clé REST de l'OI",
            "hub.cles.si", "la clé REST du SI",
            "hub.cles.chiffrement", "la clé qui chiffre les secrets des fiches",
            "hub.console.mot-de-passe", "le mot de passe de la console",
            "hub.jms.mot-de-passe", "le mot de passe du SI sur le courtier JMS");

    Production(Environment env, JdbcTemplate jdbc) {
        List<String> refusals = new ArrayList<>();
        SECRETS.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(secret -> {
            String value = env.getProperty(secret.getKey(), "");
            boolean external =
                    secret.getKey().startsWith("hub.jms") && env.containsProperty("spring.activemq.broker-url");
            if (!external && (value.isBlank() || value.startsWith("demo"))) {
                refusals.add("%s est vide ou de démonstration : donner une valeur secrète à %s."
                        .formatted(secret.getValue(), secret.getKey()));
            }
        });
        if (env.acceptsProfiles(org.springframework.core.env.Profiles.of("demo"))
                || env.getProperty("hub.bacasable.actif", Boolean.class, false)) {
            refusals.add("le bac à sable et les opérateurs de démonstration sont actifs : retirer le profil demo et"
                    + " hub.bacasable.actif.");
        }
        store(env, jdbc, refusals);
        if (env.getProperty("hub.mail.actif", Boolean.class, false)) {
            Stream.of("hub.mail.smtp", "hub.mail.imap")
                    .filter(serveur -> "aucune".equalsIgnoreCase(env.getProperty(serveur + ".securite")))
                    .forEach(serveur -> refusals.add(
                            "le courriel passe en clair : donner tls ou starttls à " + serveur + ".securite."));
        }
        if (!refusals.isEmpty()) {
            throw new Refus(
                    "le profil production refuse " + refusals.size() + " réglage(s).", String.join("\n", refusals));
        }
    }

    private static void store(Environment env, JdbcTemplate jdbc, List<String> refusals) {
        String url = env.getProperty("spring.datasource.url", "");
        if (!url.startsWith("jdbc:postgresql:")) {
            refusals.add("la base n'est pas PostgreSQL et n'écrit pas sur disque à chaque validation : donner"
                    + " spring.datasource.url=jdbc:postgresql://….");
            return;
        }
        for (String setting : List.of("fsync", "synchronous_commit")) {
            if ("off".equals(jdbc.queryForObject("show " + setting, String.class))) {
                refusals.add("PostgreSQL est réglé avec %s=off : un accusé pourrait être perdu ; régler %s=on."
                        .formatted(setting, setting));
            }
        }
        if (Boolean.TRUE.equals(jdbc.queryForObject(
                "select count(*) > 0 from operateur where fiche like '%\"code\":\"OCX_\"%'", Boolean.class))) {
            refusals.add("la base contient des opérateurs de démonstration (OCXA…) : partir d'une base neuve.");
        }
    }
}
