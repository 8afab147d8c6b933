package fr.interophub.bacasable;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A mail server in memory that sends what it says at once: GreenMail says an answer in pieces, of which the second otherwise waits
 * forty milliseconds for word that the first has come, at every command.
 */
public final class BureauDePoste extends GreenMail {

    public BureauDePoste(ServerSetup... ports) {
        super(ports);
    }

    /** The port of a protocol ({@link ServerSetup#PROTOCOL_IMAP}…), once it has started. */
    public int port(String protocol) {
        return services.get(protocol).getPort();
    }

    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] ports, Managers managers) {
        Map<String, AbstractServer> services = new LinkedHashMap<>();
        for (ServerSetup port : ports) {
            services.put(
                    port.getProtocol(),
                    port.getProtocol().startsWith(ServerSetup.PROTOCOL_SMTP)
                            ? smtp(port, managers)
                            : imap(port, managers));
        }
        return services;
    }

    private static AbstractServer smtp(ServerSetup port, Managers managers) {
        return new SmtpServer(port, managers) {
            @Override
            protected ProtocolHandler createProtocolHandler(Socket client) {
                return super.createProtocolHandler(atOnce(client));
            }
        };
    }

    private static AbstractServer imap(ServerSetup port, Managers managers) {
        return new AbstractServer(port, managers) {
            @Override
            protected ProtocolHandler createProtocolHandler(Socket client) {
                return new ImapHandler(managers.getUserManager(), managers.getImapHostManager(), atOnce(client));
            }
        };
    }

    private static Socket atOnce(Socket client) {
        try {
            client.setTcpNoDelay(true);
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
