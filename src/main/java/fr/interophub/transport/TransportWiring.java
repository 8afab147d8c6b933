package fr.interophub.transport;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.acces.Commandes;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Composition;
import fr.interophub.echange.Emission;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Journal;
import fr.interophub.operateur.Annuaire;
import fr.interophub.prevenance.Prevenances;
import fr.interophub.sav.ServicePlanDeCharge;
import fr.interophub.si.DecisionsGarees;
import fr.interophub.si.Demandes;
import fr.interophub.si.Livraisons;
import fr.interophub.transport.sftp.NomsDeFichiers;
import fr.interophub.transport.sftp.SftpCompte;
import fr.interophub.transport.sftp.SftpComptes;
import fr.interophub.transport.sftp.SftpServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The verbs that the routes use, and the routes that follow the directory. */
@Configuration
@EnableConfigurationProperties(TransportWiring.Webhook.class)
class TransportWiring {

    @Bean
    Travaux travaux(
            Guichet guichet,
            Emission emission,
            Composition composition,
            Demandes demandes,
            Commandes commandes,
            ServicePlanDeCharge planDeCharge,
            Prevenances prevenances) {
        return new Travaux(guichet, emission, composition, demandes, commandes, planDeCharge, prevenances);
    }

    @Bean
    Reception reception(Journal journal) {
        return new Reception(journal, NomsDeFichiers::decode);
    }

    @Bean
    FichierStable fichierStable(
            @Value("${hub.sftp.stabilite}") Duration stabilite, Clock clock, ObjectProvider<SftpServer> sftp) {
        SftpServer server = sftp.getIfAvailable();
        return new FichierStable(stabilite, clock, file -> server != null && server.receiving(file.toPath()));
    }

    /** The accounts of our SFTP server are those of the directory. */
    @Bean
    SftpComptes sftpComptes(Annuaire annuaire, PasswordEncoder encoder) {
        MotsDePasse motsDePasse = new MotsDePasse(encoder);
        return login -> annuaire.findBySftp(login)
                .map(operateur -> new SftpCompte(
                        operateur.code(),
                        operateur.sftp().motDePasse() == null
                                ? null
                                : sent -> motsDePasse.matches(
                                        sent, operateur.sftp().motDePasse()),
                        operateur.sftp().clesPubliques()));
    }

    @Bean
    Boites boites(
            Annuaire annuaire,
            Alertes alertes,
            Clock clock,
            @Value("${hub.data}") Path data,
            @Value("${hub.sortant.alerte}") Duration oublie) {
        return new Boites(annuaire, alertes, clock, data, oublie);
    }

    @Bean
    SiJson siJson(ObjectMapper json) {
        return new SiJson(json);
    }

    /**
     * How the SI is called in mode {@code webhook} ({@code hub.si.webhook}).
     *
     * @param secret what signs each demande
     * @param ouvriers calls that the SI may have at once
     * @param connexion how long a connection may take
     * @param delai how long the SI may take to answer; less than a lease of the queue
     * @param pause how long an SI that fails is left alone
     * @param essais failures of one demande after which the desk is told
     * @param bundle the SSL bundle with what we show and whom we trust, if not the JVM's own
     */
    @ConfigurationProperties("hub.si.webhook")
    record Webhook(
            String url,
            String secret,
            int ouvriers,
            Duration connexion,
            Duration delai,
            Duration pause,
            int essais,
            String bundle) {}

    @Bean
    SiWebhook siWebhook(Livraisons livraisons, SiJson json, SslBundles bundles, Clock clock, Webhook reglages) {
        return new SiWebhook(
                livraisons,
                json,
                new ClientHttp(
                        reglages.bundle().isBlank()
                                ? null
                                : bundles.getBundle(reglages.bundle()).createSslContext(),
                        reglages.connexion(),
                        reglages.delai()),
                new Circuits(reglages.ouvriers(), reglages.pause(), clock),
                reglages.url(),
                reglages.secret(),
                clock);
    }

    @Bean
    SiDecisions siDecisions(DecisionsGarees garees) {
        return new SiDecisions(garees);
    }

    @Bean
    CamelContextConfiguration routesOfTheDirectory(
            Annuaire annuaire,
            Boites boites,
            @Value("${hub.releve}") String delay,
            @Value("${hub.traitement.ouvriers}") int traitement,
            @Value("${hub.emission.ouvriers}") int emission) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {}

            @Override
            public void afterApplicationStart(CamelContext camel) {
                Releves releves = new Releves(camel, boites, delay);
                releves.workers("traitement", traitement);
                releves.workers("emission", emission);
                annuaire.onChange(releves);
            }
        };
    }
}
