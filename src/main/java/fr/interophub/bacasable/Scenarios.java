package fr.interophub.bacasable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The protocol's cases, read from their files: from a folder while one writes them, from the jar when it runs. */
public final class Scenarios {

    private static final String IN_THE_JAR = "classpath*:samples/acces-1.2/scenarios/**/*.txt";

    private final List<Scenario> all;

    private Scenarios(List<Scenario> all) {
        this.all = all.stream().sorted(Comparator.comparing(Scenario::id)).toList();
    }

    /** Every case of the Accès 1.2 protocol that the jar carries. */
    public static Scenarios load() {
        try {
            List<Scenario> found = new ArrayList<>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(IN_THE_JAR)) {
                try (InputStream in = file.getInputStream()) {
                    found.add(parse(
                            file.getURI().toString().replaceFirst("^.*/samples/", "samples/"),
                            new String(in.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
            return new Scenarios(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One scénario file, or every {@code .txt} under a folder. */
    public static Scenarios read(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            List<Scenario> found = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                found.add(parse(file.toString().replace('\\', '/'), Files.readString(file)));
            }
            return new Scenarios(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one scénario.
     *
     * @param fichier its name, which ends in {@code ID.txt}; faults quote it
     * @throws IllegalArgumentException with the file, the line and what is not understood
     */
    public static Scenario parse(String fichier, String texte) {
        return new ScenarioReader(fichier).read(texte);
    }

    /** All of them, in the order of their ids. */
    public List<Scenario> list() {
        return all;
    }

    public List<Scenario> list(Predicate<Scenario> wanted) {
        return all.stream().filter(wanted).toList();
    }

    public Optional<Scenario> find(String id) {
        return all.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    /** Like {@link #find}, for a case that must exist. */
    public Scenario get(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("scénario inconnu : " + id));
    }
}
