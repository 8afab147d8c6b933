package fr.interophub.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP port before another, which can be closed with every connection through it, opened again, or cut in the middle. */
public final class Passerelle implements AutoCloseable {

    /** What is said to a client before anything goes through. */
    public interface Accueil {
        /** @return how the client is spoken to from then on */
        Socket welcome(Socket client, Socket behind) throws IOException;
    }

    private final int target;
    private final Accueil accueil;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;
    private volatile long limit = Long.MAX_VALUE;
    private volatile int cuts;

    /** @param target where it leads, on this machine */
    public Passerelle(int target) {
        this(target, (client, behind) -> client);
    }

    /** The same, which says something first. */
    public Passerelle(int target, Accueil accueil) {
        this.target = target;
        this.accueil = accueil;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        up();
    }

    public int port() {
        return port;
    }

    /** From now on a connection ends once so many bytes have come back through it. */
    public void cutAfter(long bytes) {
        limit = bytes;
        cut();
    }

    /** How many connections have ended because as much as they may had come back. */
    public int cuts() {
        return cuts;
    }

    /** Ends every connection; new ones may come. */
    public void cut() {
        open.forEach(Passerelle::close);
    }

    /** Closes the port, and every connection with it. */
    public void down() {
        close(server);
        cut();
    }

    /** Opens the port again. */
    public void up() {
        try {
            ServerSocket fresh = new ServerSocket();
            fresh.setReuseAddress(true);
            fresh.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            server = fresh;
            thread(() -> accept(fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                behind.setTcpNoDelay(true);
                open.add(client);
                open.add(behind);
                thread(() -> welcome(client, behind));
            } catch (IOException closed) {
                // The next one, or the end.
            }
        }
    }

    private void welcome(Socket client, Socket behind) {
        try {
            Socket spoken = accueil.welcome(client, behind);
            thread(() -> pump(spoken, behind, Long.MAX_VALUE));
            pump(behind, spoken, limit);
        } catch (IOException gone) {
            close(client);
            close(behind);
        }
    }

    private void pump(Socket from, Socket to, long most) {
        byte[] some = new byte[4096];
        long left = most;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(some); read >= 0 && left > 0; read = in.read(some)) {
                out.write(some, 0, (int) Math.min(read, left));
                left -= read;
            }
            cuts += left <= 0 ? 1 : 0;
        } catch (IOException gone) {
            // Both go.
        }
        close(from);
        close(to);
        open.remove(from);
        open.remove(to);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "passerelle");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception gone) {
            // It is.
        }
    }

    @Override
    public void close() {
        down();
    }
}
