package fr.interophub.transport;

import fr.interophub.si.DecisionsGarees;
import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;

/** The verbs of the drawing {@code si-decisions-jms} that know what a queue is. */
public final class SiDecisions {

    private static final String CANAL = "JMS";

    /** After how many deliveries a message that the hub fails on is kept aside; the broker waits longer before each. */
    private static final int LIVRAISONS = 4;

    private final DecisionsGarees garees;

    SiDecisions(DecisionsGarees garees) {
        this.garees = garees;
    }

    /**
     * What came on the queue, as it came.
     *
     * @param nom the queue, and the broker's name of the message
     * @param fois how many times the broker has given it
     */
    public record Recue(String nom, byte[] corps, int fois) {

        public String texte() {
            return new String(corps, StandardCharsets.UTF_8);
        }

        /** Has the hub failed on it often enough? */
        public boolean usee() {
            return fois >= LIVRAISONS;
        }
    }

    public Recue take(Exchange exchange) throws JMSException {
        JmsMessage message = exchange.getMessage(JmsMessage.class);
        byte[] corps = message.getBody() instanceof byte[] bytes
                ? bytes
                : String.valueOf(message.getBody()).getBytes(StandardCharsets.UTF_8);
        return new Recue(
                "hub.si.decisions " + message.getJmsMessage().getJMSMessageID(),
                corps,
                message.getJmsMessage().getIntProperty("JMSXDeliveryCount"));
    }

    /** It is no décision. */
    public void unreadable(Recue recue, String detail) {
        garees.unreadable(CANAL, recue.nom(), recue.corps(), detail);
    }

    /** The hub fails on it each time. */
    public void failed(Recue recue, Throwable panne) {
        garees.failed(CANAL, recue.nom(), recue.corps(), panne);
    }
}
