package fr.interophub.transport.soap;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * A second HTTP port, in TLS. A client certificate is optional there: whoever shows one that our authorities did not sign
 * is refused by TLS, whoever shows none must tell who it is otherwise (spec SAV §a.5).
 */
final class PorteTls implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final SslBundle bundle;
    private final String adresse;
    private final int port;

    /**
     * @param bundle our key and certificate; as trust store, the authorities that sign the OCs' certificates
     */
    PorteTls(SslBundle bundle, String adresse, int port) {
        this.bundle = bundle;
        this.adresse = adresse;
        this.port = port;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addAdditionalTomcatConnectors(connector());
    }

    private Connector connector() {
        SslStoreBundle stores = bundle.getStores();
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(stores.getKeyStore());
        String password =
                bundle.getKey().getPassword() != null ? bundle.getKey().getPassword() : stores.getKeyStorePassword();
        if (password != null) {
            certificate.setCertificateKeystorePassword(password);
        }
        if (bundle.getKey().getAlias() != null) {
            certificate.setCertificateKeyAlias(bundle.getKey().getAlias());
        }
        host.addCertificate(certificate);
        host.setProtocols("TLSv1.2+TLSv1.3");
        if (stores.getTrustStore() != null) {
            host.setTrustStore(stores.getTrustStore());
            host.setCertificateVerification(CertificateVerification.OPTIONAL.name());
        }
        Connector connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setPort(port);
        AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        connector.setProperty("address", adresse);
        protocol.setSSLEnabled(true);
        protocol.addSslHostConfig(host);
        return connector;
    }
}
