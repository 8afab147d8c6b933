package fr.interophub.transport.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that takes mails and says of each what it was told to say, or hangs up; without a word it takes it. */
final class SmtpDEssai implements AutoCloseable {

    /** It hangs up when it has the whole mail. */
    static final String RIEN = "";

    private final ServerSocket server;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();

    SmtpDEssai() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What the next mails are answered once they have been said, one each. */
    void answers(String... some) {
        answers.addAll(List.of(some));
    }

    /** Every mail that was said, taken or not. */
    List<String> mails() {
        return mails;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                thread(() -> talk(client));
            } catch (IOException closed) {
                // The end.
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = client.getOutputStream();
            say(out, "220 essai");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("QUIT")) {
                    say(out, "221 adieu");
                    return;
                }
                if (!line.startsWith("DATA")) {
                    say(out, "250 bien");
                    continue;
                }
                say(out, "354 j'écoute");
                StringBuilder mail = new StringBuilder();
                for (line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                    mail.append(line).append('\n');
                }
                mails.add(mail.toString());
                String answer = answers.isEmpty() ? "250 pris" : answers.remove();
                if (answer.equals(RIEN)) {
                    return;
                }
                say(out, answer);
            }
        } catch (IOException gone) {
            // Its affair.
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "smtp-d-essai");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
