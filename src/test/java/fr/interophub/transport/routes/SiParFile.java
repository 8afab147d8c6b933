package fr.interophub.transport.routes;

import fr.interophub.HubEnMarche;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.ActiveMQConnectionFactory;

/** An SI on the queues. For one thread at a time. */
final class SiParFile implements AutoCloseable {

    static final String DEMANDES = "hub.si.demandes";

    private final Connection connection;
    private final Session session;
    private final Map<String, MessageConsumer> consumers = new HashMap<>();
    private final MessageProducer decisions;

    SiParFile(HubEnMarche hub) throws JMSException {
        connection = new ActiveMQConnectionFactory(hub.broker()).createConnection("si", "demo-si");
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        decisions = session.createProducer(session.createQueue("hub.si.decisions"));
    }

    /** The next text of a queue, or null after a while. */
    String next(String queue, long millis) throws JMSException {
        TextMessage message = receive(queue, millis);
        return message == null ? null : message.getText();
    }

    /** The next message of a queue, or of several, with commas; null after a while. */
    TextMessage receive(String queue, long millis) throws JMSException {
        MessageConsumer consumer = consumers.get(queue);
        if (consumer == null) {
            consumer = session.createConsumer(session.createQueue(queue));
            consumers.put(queue, consumer);
        }
        return (TextMessage) consumer.receive(millis);
    }

    void decide(String text) throws JMSException {
        decisions.send(session.createTextMessage(text));
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
