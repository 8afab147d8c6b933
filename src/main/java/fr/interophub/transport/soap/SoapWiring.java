package fr.interophub.transport.soap;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Journal;
import fr.interophub.echange.Notifications;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Coffre;
import fr.interophub.sav.ServicePlanDeCharge;
import fr.interophub.sav.Signalisations;
import fr.interophub.transport.Attentes;
import fr.interophub.transport.Circuits;
import fr.interophub.transport.ClientHttp;
import fr.interophub.transport.MotsDePasse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.xml.namespace.QName;
import org.apache.camel.component.cxf.common.DataFormat;
import org.apache.camel.component.cxf.jaxws.CxfEndpoint;
import org.apache.cxf.logging.FaultListener;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The web services: the port, the endpoints, the verbs of their drawings. */
@Configuration
@EnableConfigurationProperties(SoapWiring.Reglages.class)
class SoapWiring {

    private static final String WSDL = "http://ossj.org/wsdl/TroubleTicket/v1-2";

    @Bean
    Identification identification(Annuaire annuaire, PasswordEncoder encoder) {
        return new Identification(annuaire, new MotsDePasse(encoder));
    }

    @Bean
    FilterRegistrationBean<PorteSoap> porteSoap(
            Identification identification, @Value("${hub.soap.delai}") Duration delai, Clock clock) {
        FilterRegistrationBean<PorteSoap> porte =
                new FilterRegistrationBean<>(new PorteSoap(identification, new Attentes(Attentes.UNITE, clock), delai));
        porte.addUrlPatterns("/services/*");
        // Behind the filter that measures every call (server.servlet.observation), which is the first but one.
        porte.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return porte;
    }

    @Bean
    @ConditionalOnProperty("hub.tls.bundle")
    PorteTls porteTls(
            SslBundles bundles,
            @Value("${hub.tls.bundle}") String bundle,
            @Value("${server.address}") String adresse,
            @Value("${hub.tls.port}") int port) {
        return new PorteTls(bundles.getBundle(bundle), adresse, port);
    }

    @Bean
    CxfEndpoint savV21(@Value("${hub.url.publique}") String publique) {
        return tickets("2.1", publique);
    }

    @Bean
    CxfEndpoint savV30(@Value("${hub.url.publique}") String publique) {
        return tickets("3.0", publique);
    }

    private static CxfEndpoint tickets(String version, String publique) {
        return endpoint(
                "/sav/v" + version,
                "v" + version + "/SavTroubleTicket.wsdl",
                new QName(WSDL, "FTTHMUTWebService"),
                "JVTTroubleTicketSessionWSPort",
                publique,
                operation -> Faute.declared("Server", operation, "remoteException", Faute.INTERNE));
    }

    @Bean
    CxfEndpoint planDeChargeSav(@Value("${hub.url.publique}") String publique) {
        return endpoint(
                "/sav/plan-de-charge",
                "plan-de-charge/PlanChargeFtthSav.wsdl",
                new QName(PlanEntree.ESPACE, "PlanChargeFtthSavService"),
                "PlanChargeFtthSavPort",
                publique,
                operation -> Faute.info(Faute.PANNE, Faute.INTERNE));
    }

    private static CxfEndpoint endpoint(
            String address, String wsdl, QName service, String port, String publique, Function<String, Faute> panne) {
        CxfEndpoint endpoint = new CxfEndpoint();
        endpoint.setAddress(address);
        endpoint.setWsdlURL("classpath:wsdl/" + wsdl);
        endpoint.setServiceNameAsQName(service);
        endpoint.setPortNameAsQName(new QName(service.getNamespaceURI(), port));
        endpoint.setDataFormat(DataFormat.PAYLOAD);
        endpoint.setSynchronous(true);
        if (!publique.isBlank()) {
            endpoint.setPublishedEndpointUrl(publique.replaceFirst("/+$", "") + "/services" + address);
        }
        endpoint.setOutFaultInterceptors(List.of(new FauteStable(panne)));
        // The bounds of one envelope; its length is the door's (decision Hostile-Input).
        Map<String, Object> bounds = new HashMap<>();
        bounds.put("org.apache.cxf.stax.maxElementDepth", 30);
        bounds.put("org.apache.cxf.stax.maxAttributeCount", 50);
        bounds.put("org.apache.cxf.stax.maxChildElements", 500);
        bounds.put("org.apache.cxf.stax.maxElementCount", 2_000L);
        bounds.put("org.apache.cxf.stax.maxTextLength", 100_000L);
        // What goes wrong is told by FauteStable, once.
        bounds.put(FaultListener.class.getName(), (FaultListener) (failure, description, message) -> false);
        endpoint.setProperties(bounds);
        return endpoint;
    }

    @Bean
    Appels appels(Identification identification, Journal journal, Transactions transactions) {
        return new Appels(identification, journal, transactions);
    }

    @Bean
    SavEntree savEntree(
            Appels appels,
            Signalisations signalisations,
            Catalogue catalogue,
            Espaces espaces,
            @Value("${hub.oi.siren}") String siren,
            @Value("${hub.soap.types}") List<String> types) {
        return new SavEntree(appels, signalisations, new Introspection(types), catalogue, espaces, siren);
    }

    @Bean
    PlanEntree planEntree(Appels appels, ServicePlanDeCharge service, Clock clock) {
        return new PlanEntree(appels, service, clock);
    }

    @Bean
    Espaces espaces(JdbcTemplate jdbc) {
        return new Espaces(jdbc);
    }

    /**
     * How the OCs' services are called ({@code hub.sav}).
     *
     * @param ouvriers calls that one OC may have at once
     * @param connexion how long a connection may take
     * @param delai how long an OC may take to answer; less than a lease of the queue
     * @param pause how long an OC that fails is left alone
     * @param bundle the SSL bundle with what we show and whom we trust, if not the JVM's own
     */
    @ConfigurationProperties("hub.sav")
    record Reglages(int ouvriers, Duration connexion, Duration delai, Duration pause, String bundle) {}

    @Bean
    SavSortie savSortie(
            Notifications notifications,
            Annuaire annuaire,
            Espaces espaces,
            SslBundles bundles,
            Coffre coffre,
            Clock clock,
            Reglages reglages) {
        SSLContext tls = reglages.bundle() == null || reglages.bundle().isBlank()
                ? null
                : bundles.getBundle(reglages.bundle()).createSslContext();
        return new SavSortie(
                notifications,
                annuaire,
                new AppelOc(new ClientHttp(tls, reglages.connexion(), reglages.delai()), coffre),
                espaces,
                new Circuits(reglages.ouvriers(), reglages.pause(), clock),
                clock);
    }
}
