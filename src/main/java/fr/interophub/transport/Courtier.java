package fr.interophub.transport;

import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.RedeliveryPolicy;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.policy.IndividualDeadLetterStrategy;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.security.AuthenticationUser;
import org.apache.activemq.security.SimpleAuthenticationPlugin;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/**
 * The embedded broker: persistent, with a login, used unless {@code spring.activemq.broker-url} names another. It carries
 * the dialogue with the SI; the database is the truth, so losing the broker's store loses nothing (decision
 * Embedded-First).
 */
@Configuration
@ConditionalOnProperty(name = "spring.activemq.broker-url", matchIfMissing = true, havingValue = "embedded")
class Courtier {

    private static final String NAME = "hub";

    /** Our own login inside the process; drawn at each start, never leaves it. */
    private final String interne = java.util.UUID.randomUUID().toString();

    @Bean(initMethod = "start", destroyMethod = "stop")
    BrokerService broker(
            @Value("${hub.data}") Path data,
            @Value("${hub.jms.adresse}") String adresse,
            @Value("${hub.jms.port}") int port,
            @Value("${hub.jms.utilisateur}") String utilisateur,
            @Value("${hub.jms.mot-de-passe}") String motDePasse)
            throws Exception {
        BrokerService broker = new BrokerService();
        broker.setBrokerName(NAME);
        broker.setDataDirectoryFile(data.resolve("activemq").toFile());
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        broker.setAdvisorySupport(false);
        broker.getSystemUsage().getMemoryUsage().setLimit(64L << 20);
        broker.getSystemUsage().getStoreUsage().setLimit(4L << 30);
        broker.getSystemUsage().getTempUsage().setLimit(1L << 30);
        SimpleAuthenticationPlugin login = new SimpleAuthenticationPlugin();
        login.setAnonymousAccessAllowed(false);
        login.setUsers(
                motDePasse.isEmpty()
                        ? List.of(new AuthenticationUser(NAME, interne, "hub"))
                        : List.of(
                                new AuthenticationUser(NAME, interne, "hub"),
                                new AuthenticationUser(utilisateur, motDePasse, "si")));
        broker.setPlugins(new org.apache.activemq.broker.BrokerPlugin[] {login});
        // What a consumer gives back too often stands apart, queue by queue.
        IndividualDeadLetterStrategy dead = new IndividualDeadLetterStrategy();
        dead.setQueuePrefix("DLQ.");
        PolicyEntry every = new PolicyEntry();
        every.setDeadLetterStrategy(dead);
        PolicyMap policies = new PolicyMap();
        policies.setDefaultEntry(every);
        broker.setDestinationPolicy(policies);
        broker.addConnector(
                "tcp://%s:%d?maximumConnections=100&wireFormat.maxFrameSize=10485760".formatted(adresse, port));
        return broker;
    }

    @Bean(destroyMethod = "stop")
    @DependsOn("broker")
    JmsPoolConnectionFactory jmsConnectionFactory() {
        ActiveMQConnectionFactory factory =
                new ActiveMQConnectionFactory("vm://%s?create=false&waitForStart=10000".formatted(NAME));
        factory.setUserName(NAME);
        factory.setPassword(interne);
        factory.setTrustedPackages(List.of());
        factory.setWatchTopicAdvisories(false);
        // While the hub fails, a décision comes back later and later, and is never given up.
        RedeliveryPolicy again = factory.getRedeliveryPolicy();
        again.setMaximumRedeliveries(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
        again.setUseExponentialBackOff(true);
        again.setBackOffMultiplier(2);
        again.setMaximumRedeliveryDelay(60_000);
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(factory);
        pool.setMaxConnections(4);
        return pool;
    }
}
