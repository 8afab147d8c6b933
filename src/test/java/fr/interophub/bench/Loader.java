package fr.interophub.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * An open loop over a few kept connections: request number n is due at its own instant, whatever became of those before, and
 * its latency counts from that instant (no coordinated omission). Plain sockets: it shares the processors with what it
 * measures.
 */
final class Loader {

    private static final int CONNECTIONS = 16;

    /** How long after its end a run that cannot keep its pace goes on. */
    private static final long GRACE = Duration.ofSeconds(5).toNanos();

    /** One request to make. */
    interface Requests {
        /**
         * @param n its number, unique over all the runs of a loader
         * @param due when it should leave, by {@link System#nanoTime}
         * @return the body
         */
        String body(long n, long due);
    }

    /**
     * @param latencies in microseconds, of what was answered
     * @param refused answered, but not as it should be
     * @param missed never sent: the pace could not be kept
     */
    record Measure(Histogram latencies, long refused, long missed, double seconds) {
        double rate() {
            return (latencies.getTotalCount() - refused) / seconds;
        }

        double ms(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1000.0;
        }

        boolean whole() {
            return refused == 0 && missed == 0;
        }
    }

    private final URI address;
    private final String headers;
    private final Requests requests;
    private final Predicate<String> right;
    private final AtomicLong next = new AtomicLong(1);

    /**
     * @param headers lines of the request beside those that every request has, each with its end of line
     * @param right tells an answer that is as it should be
     */
    Loader(URI address, String headers, Requests requests, Predicate<String> right) {
        this.address = address;
        this.headers = "POST %s HTTP/1.1\r\nHost: %s\r\n%sContent-Length: "
                .formatted(address.getPath(), address.getAuthority(), headers);
        this.requests = requests;
        this.right = right;
    }

    /** As many as are answered, each connection sending when it has its answer. */
    Measure flatOut(Duration duration) throws InterruptedException {
        return run(0, duration);
    }

    /** @param rate requests a second */
    Measure constant(double rate, Duration duration) throws InterruptedException {
        return run(1e9 / rate, duration);
    }

    private Measure run(double period, Duration duration) throws InterruptedException {
        long begin = System.nanoTime();
        long first = next.get();
        Run run = new Run(begin, begin + duration.toNanos(), first, period);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread thread = new Thread(run, "loader-" + i);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (run.failure != null) {
            throw new IllegalStateException(run.failure);
        }
        return new Measure(run.latencies, run.refused.get(), run.missed.get(), (System.nanoTime() - begin) / 1e9);
    }

    /** What the connections of one run share. */
    private final class Run implements Runnable {

        private final long begin;
        private final long end;
        private final long first;
        private final double period;
        private final Histogram latencies = new Histogram(3);
        private final AtomicLong refused = new AtomicLong();
        private final AtomicLong missed = new AtomicLong();
        private volatile Exception failure;

        private Run(long begin, long end, long first, double period) {
            this.begin = begin;
            this.end = end;
            this.first = first;
            this.period = period;
        }

        @Override
        public void run() {
            Histogram own = new Histogram(3);
            try {
                boolean more = true;
                while (more) {
                    more = talk(own);
                }
            } catch (IOException e) {
                failure = e;
            }
            synchronized (latencies) {
                latencies.add(own);
            }
        }

        /** One connection, until the server ends it, as it does after a number of requests; true if more must be said. */
        private boolean talk(Histogram own) throws IOException {
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                socket.setTcpNoDelay(true);
                InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
                while (failure == null) {
                    long n = next.getAndIncrement();
                    long due = period == 0 ? System.nanoTime() : begin + Math.round((n - first) * period);
                    if (due >= end) {
                        return false;
                    }
                    if (System.nanoTime() > end + GRACE) {
                        missed.incrementAndGet();
                        continue;
                    }
                    for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                        LockSupport.parkNanos(due - now);
                    }
                    byte[] body = requests.body(n, due).getBytes(StandardCharsets.UTF_8);
                    socket.getOutputStream().write(envelope(body));
                    Answer answer = answer(in);
                    own.recordValue((System.nanoTime() - due) / 1000);
                    if (!right.test(answer.body) && refused.incrementAndGet() == 1) {
                        System.err.println(answer.body);
                    }
                    if (answer.last) {
                        return true;
                    }
                }
                return false;
            }
        }
    }

    private byte[] envelope(byte[] body) {
        byte[] head = (headers + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    /** @param last no other comes on this connection */
    private record Answer(String body, boolean last) {}

    private static Answer answer(InputStream in) throws IOException {
        int length = -1;
        boolean last = false;
        line(in);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            last |= header.equalsIgnoreCase("connection: close");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(2048);
        if (length >= 0) {
            body.write(in.readNBytes(length));
        } else {
            for (int chunk = size(in); chunk >= 0; chunk = chunk == 0 ? -1 : size(in)) {
                body.write(in.readNBytes(chunk));
                line(in);
            }
        }
        return new Answer(body.toString(StandardCharsets.UTF_8), last);
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
