package fr.interophub.transport.sftp;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Starts and stops the SFTP server with the hub, unless {@code hub.sftp.actif} is false. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "hub.sftp.actif", matchIfMissing = true)
class SftpWiring {

    @Bean
    SftpServer sftpServer(
            @Value("${hub.sftp.adresse:127.0.0.1}") String adresse,
            @Value("${hub.sftp.port:2222}") int port,
            @Value("${hub.data:./data}") String data,
            @Value("${hub.sftp.sessions:600}") int sessions,
            @Value("${hub.sftp.taille-max:2GB}") String tailleMax,
            ObjectProvider<SftpComptes> comptes,
            ObjectProvider<Clock> clock) {
        var settings = new SftpSettings(
                adresse,
                port,
                Path.of(data),
                sessions,
                DataSize.parse(tailleMax).toBytes(),
                SftpSettings.LOGIN_GRACE,
                SftpSettings.IDLE);
        var server = new SftpServer(
                settings, comptes.getIfAvailable(SftpWiring::nobody), clock.getIfAvailable(Clock::systemUTC));
        server.recover();
        return server;
    }

    private static SftpComptes nobody() {
        LoggerFactory.getLogger(SftpWiring.class)
                .warn("aucun annuaire de comptes SFTP : personne ne pourra se connecter");
        return login -> Optional.empty();
    }

    @Bean
    SmartLifecycle sftpLifecycle(SftpServer server) {
        return new SmartLifecycle() {
            @Override
            public void start() {
                server.start();
            }

            @Override
            public void stop() {
                server.stop();
            }

            @Override
            public boolean isRunning() {
                return server.running();
            }
        };
    }
}
