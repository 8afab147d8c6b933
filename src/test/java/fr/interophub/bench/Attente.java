package fr.interophub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the hub writes is waited for where an OC finds it. */
final class Attente {

    private static final Duration LIMIT = Duration.ofMinutes(15);

    private Attente() {}

    /**
     * Waits until the folder holds so many lines; files already counted are not read again.
     *
     * @param flux what the names of their files hold, e.g. {@code _ARCMD_}
     * @return when they were seen
     */
    static Instant lines(Path folder, String flux, int lines) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(LIMIT);
        List<Path> counted = new ArrayList<>();
        long found = 0;
        while (found < lines) {
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException(found + " lines of " + flux + " out of " + lines + " after " + LIMIT);
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".csv")
                                && f.getFileName().toString().contains(flux)
                                && !counted.contains(f))
                        .toList()) {
                    try (Stream<String> content = Files.lines(file)) {
                        found += content.count() - 1;
                    }
                    counted.add(file);
                }
            }
            Thread.sleep(50);
        }
        return Instant.now();
    }
}
