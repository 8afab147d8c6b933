package fr.interophub.transport;

import fr.interophub.transport.sftp.SftpServer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells, in one table of the log, where every door is, once they all listen (front door, "Starting it"). */
@Component
class Adresses {

    private static final Logger LOG = LoggerFactory.getLogger("fr.interophub");

    private final Environment env;
    private final ObjectProvider<SftpServer> sftp;

    Adresses(Environment env, ObjectProvider<SftpServer> sftp) {
        this.env = env;
        this.sftp = sftp;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Integer.MIN_VALUE)
    void tell() {
        List<String> lines = new ArrayList<>();
        String http = "http://" + env.getProperty("server.address") + ":"
                + env.getProperty("local.server.port", env.getProperty("server.port"));
        lines.add("console       " + http + "/");
        lines.add("REST          " + http + "/api/v1");
        lines.add("SOAP          " + http + "/services/sav/v2.1?wsdl, v3.0?wsdl, plan-de-charge?wsdl");
        if (env.containsProperty("hub.tls.bundle")) {
            lines.add("TLS           https://" + env.getProperty("server.address") + ":"
                    + env.getProperty("hub.tls.port"));
        }
        lines.add("gestion       http://" + env.getProperty("management.server.address") + ":"
                + env.getProperty("local.management.port", env.getProperty("management.server.port"))
                + "/actuator/health");
        SftpServer server = sftp.getIfAvailable();
        if (server != null) {
            lines.add("SFTP          sftp://" + env.getProperty("hub.sftp.adresse") + ":" + server.port()
                    + "   clé d'hôte " + server.fingerprint());
        }
        if (env.getProperty("hub.mail.actif", Boolean.class, false)) {
            lines.add("courriel      SMTP %s:%s, IMAP %s:%s"
                    .formatted(
                            env.getProperty("hub.mail.smtp.hote"),
                            env.getProperty("hub.mail.smtp.port"),
                            env.getProperty("hub.mail.imap.hote"),
                            env.getProperty("hub.mail.imap.port")));
        }
        String broker = env.getProperty("spring.activemq.broker-url");
        lines.add("JMS           "
                + (broker == null
                        ? "tcp://" + env.getProperty("hub.jms.adresse") + ":" + env.getProperty("hub.jms.port")
                        : broker));
        lines.add("base          " + env.getProperty("spring.datasource.url"));
        lines.add("données       " + env.getProperty("hub.data"));
        LOG.info("Interop Hub est prêt.\n  {}", String.join("\n  ", lines));
        if (String.valueOf(env.getProperty("spring.datasource.url")).startsWith("jdbc:h2")) {
            LOG.warn("La base est H2 : elle survit à l'arrêt brutal du processus, pas à une coupure de courant."
                    + " En production : PostgreSQL.");
        }
    }
}
