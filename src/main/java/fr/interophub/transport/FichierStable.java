package fr.interophub.transport;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Lets a dropped file be taken once its size has been stable for a while, without holding up the files beside it (front
 * door, SFTP). Leaves alone names that begin with a dot or end in {@code .tmp}, {@code .part}, {@code .filepart}, and
 * anything that is not a regular file: links are refused.
 */
public final class FichierStable implements GenericFileFilter<File> {

    private static final int REMEMBERED = 100_000;

    private record Look(long size, long modified, Instant since) {}

    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private final Duration stabilite;
    private final Clock clock;
    private final Predicate<File> receiving;

    /**
     * @param receiving tells whether our SFTP server is still receiving a file, however slowly
     */
    FichierStable(Duration stabilite, Clock clock, Predicate<File> receiving) {
        this.stabilite = stabilite;
        this.clock = clock;
        this.receiving = receiving;
    }

    @Override
    public boolean accept(GenericFile<File> candidate) {
        File file = candidate.getFile();
        if (candidate.isDirectory() || ignored(file.getName()) || !regular(file)) {
            return false;
        }
        Instant now = clock.instant();
        Look look = looks.compute(file.getPath(), (path, before) -> {
            long size = file.length();
            long modified = file.lastModified();
            return before != null && before.size == size && before.modified == modified
                    ? before
                    : new Look(size, modified, now);
        });
        if (look.since.plus(stabilite).isAfter(now) || receiving.test(file)) {
            forgetOld();
            return false;
        }
        looks.remove(file.getPath());
        return true;
    }

    private static boolean regular(File file) {
        return Files.isRegularFile(file.toPath(), LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean ignored(String name) {
        String lower = name.toLowerCase();
        return name.startsWith(".") || lower.endsWith(".tmp") || lower.endsWith(".part") || lower.endsWith(".filepart");
    }

    /** Files that were withdrawn before they were stable leave no trace for ever. */
    private void forgetOld() {
        if (looks.size() > REMEMBERED) {
            looks.keySet().removeIf(path -> !new File(path).exists());
        }
    }
}
