package fr.interophub.transport.mail;

import fr.interophub.echange.Alertes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the desk of a mailbox that cannot be read, once, and takes it back when it can be. */
final class VeilleDesBoites implements PollingConsumerPollStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(VeilleDesBoites.class);
    private static final String ALERTE = "BOITE_INJOIGNABLE";

    private final Alertes alertes;
    private final Serveurs serveurs;

    /** By mailbox, whether it could be read the last time; nothing is known of one that was never looked at. */
    private final Map<String, Boolean> lues = new ConcurrentHashMap<>();

    VeilleDesBoites(Alertes alertes, Serveurs serveurs) {
        this.alertes = alertes;
        this.serveurs = serveurs;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return true;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        String boite = boite(consumer);
        if (!Boolean.TRUE.equals(lues.put(boite, true))) {
            alertes.close(ALERTE, boite);
        }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int tries, Exception why) {
        serveurs.failed(why);
        String boite = boite(consumer);
        if (!Boolean.FALSE.equals(lues.put(boite, false))) {
            LOG.warn("La boîte {} ne peut être relevée : {}", boite, why.toString());
            alertes.raise(
                    ALERTE,
                    boite,
                    null,
                    "La boîte de courriel %s ne peut être relevée : %s"
                            .formatted(boite, Lettre.plain(String.valueOf(why.getMessage()))));
        }
        return false;
    }

    private static String boite(Consumer consumer) {
        return ((org.apache.camel.Route) ((org.apache.camel.RouteAware) consumer).getRoute()).getRouteId();
    }
}
