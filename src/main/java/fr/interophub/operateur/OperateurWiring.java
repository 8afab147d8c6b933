package fr.interophub.operateur;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.Empreinte;
import fr.interophub.operateur.Operateur.Sftp;
import fr.interophub.operateur.Operateur.Soap;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The parts of this room. */
@Configuration
@EnableConfigurationProperties(OperateurWiring.Premiers.class)
class OperateurWiring {

    /**
     * Operators that are written into the directory at start when it does not hold them yet ({@code hub.operateurs}): the
     * demo's, or a site's first ones.
     */
    @ConfigurationProperties("hub")
    record Premiers(List<Premier> operateurs) {}

    /**
     * @param sftp the login on our SFTP server
     * @param soap the login on our web services, with the same password
     * @param motDePasse its password, in clear; kept as a hash
     * @param cle the REST key, in clear; kept as a hash
     * @param courriel its mail address, if it lives by mail: its files leave by mail, and it speaks SAV 1.0a
     */
    record Premier(
            String code,
            String nom,
            String siren,
            String sftp,
            String soap,
            String motDePasse,
            String cle,
            String courriel) {}

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    Coffre coffre(@Value("${hub.cles.chiffrement}") String cle) {
        return new Coffre(cle);
    }

    @Bean
    Annuaire annuaire(JdbcTemplate jdbc, ObjectMapper json, Clock clock, PasswordEncoder encoder, Premiers premiers) {
        JdbcAnnuaire annuaire = new JdbcAnnuaire(jdbc, json, clock);
        annuaire.refresh();
        if (premiers.operateurs() != null) {
            premiers.operateurs().stream()
                    .filter(premier -> annuaire.find(premier.code()).isEmpty())
                    .forEach(premier -> annuaire.save(sheet(premier, encoder)));
        }
        return annuaire;
    }

    private static Operateur sheet(Premier premier, PasswordEncoder encoder) {
        return new Operateur(
                premier.code(),
                premier.nom(),
                premier.siren(),
                true,
                premier.courriel() == null ? null : Map.of("acces", "1.2", "sav", "1.0a"),
                premier.sftp() == null
                        ? null
                        : new Sftp(premier.sftp(), encoder.encode(premier.motDePasse()), List.of()),
                premier.cle() == null ? null : Empreinte.of(premier.cle()),
                premier.courriel() == null
                        ? null
                        : Contrat.of(Map.of("canal", "MAIL", "mail", Map.of("adresses", List.of(premier.courriel())))),
                premier.soap() == null
                        ? null
                        : new Soap(premier.soap(), encoder.encode(premier.motDePasse()), List.of()));
    }
}
