package fr.interophub.transport.mail;

import fr.interophub.crash.Passerelle;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that begins in clear and lets nothing be done before STARTTLS (RFC 3207, RFC 9051 §6.2.1). */
enum StartTls {
    SMTP {
        @Override
        String greeting() {
            return "220 essai";
        }

        @Override
        String answer(String tag, String verb) {
            return switch (verb) {
                case "EHLO" -> "250-essai\r\n250 STARTTLS";
                case STARTTLS -> "220 allez";
                default -> "530 5.7.0 STARTTLS d'abord";
            };
        }
    },
    IMAP {
        @Override
        String greeting() {
            return "* OK essai";
        }

        @Override
        String answer(String tag, String verb) {
            return switch (verb) {
                case "CAPABILITY" -> "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\n" + tag + " OK fait";
                case STARTTLS -> tag + " OK allez";
                default -> tag + " NO STARTTLS d'abord";
            };
        }
    };

    private static final String STARTTLS = "STARTTLS";

    abstract String greeting();

    /** @param tag the first word of the line, which IMAP quotes */
    abstract String answer(String tag, String verb);

    /** Puts it before a plain server. */
    Passerelle before(int port, SSLContext tls) {
        return new Passerelle(port, (client, behind) -> {
            readLine(behind.getInputStream());
            say(client, greeting());
            for (String verb = ""; !verb.equals(STARTTLS); ) {
                String[] words = readLine(client.getInputStream()).split(" ");
                verb = words[this == SMTP ? 0 : 1].toUpperCase(Locale.ROOT);
                say(client, answer(words[0], verb));
            }
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            return secure;
        });
    }

    private static void say(Socket to, String line) throws IOException {
        to.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Not a byte more than the line: what follows may be TLS. */
    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException();
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
