package fr.interophub.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** The pages of all protocols and versions, read from the class path, checked, immutable. */
public final class Catalogue {

    private final List<Page> pages;
    private final List<String> faults;

    Catalogue(List<Page> pages, List<String> faults) {
        this.pages = List.copyOf(pages);
        this.faults = List.copyOf(faults);
    }

    /**
     * Reads every page that {@code /catalogue/index.yaml} names.
     *
     * @throws CatalogueFautif when a page is faulty; its message tells every fault of every page
     */
    public static Catalogue load() {
        return examine(Catalogue::resource).sound();
    }

    /**
     * The same, where a file of a folder takes the place of the built-in file of that name: whoever integrates the hub
     * corrects a page, a sheet or the motifs, or adds some, without building it again.
     *
     * @throws CatalogueFautif also for a folder that is none, and for a file of it that no page reads
     */
    public static Catalogue load(Path folder) {
        var read = new HashSet<Path>();
        var catalogue = examine(path -> {
            var file = folder.resolve(path).normalize();
            read.add(file);
            return text(file).or(() -> resource(path));
        });
        var faults = new ArrayList<>(catalogue.faults);
        try (var files = Files.walk(folder)) {
            files.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".csv"))
                    .filter(file -> !read.contains(file.normalize()))
                    .sorted()
                    .forEach(file -> faults.add("%s : aucune page ne lit ce fichier".formatted(file)));
        } catch (IOException | UncheckedIOException e) {
            faults.add("%s : dossier illisible, %s".formatted(folder, e));
        }
        return new Catalogue(catalogue.pages, faults).sound();
    }

    private Catalogue sound() {
        if (!faults.isEmpty()) {
            throw new CatalogueFautif(faults);
        }
        return this;
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the pages of any folder and tells their faults instead of throwing. */
    static Catalogue examine(Function<String, Optional<String>> files) {
        var drafts = new PageReader(files).readAll();
        var faults = CatalogueCheck.faults(drafts);
        return new Catalogue(
                faults.isEmpty() ? drafts.stream().map(PageDraft::page).toList() : List.of(), faults);
    }

    private static Optional<String> resource(String path) {
        try (var in = Catalogue.class.getResourceAsStream("/catalogue/" + path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The page of a version of a protocol.
     *
     * @throws NoSuchElementException when there is none
     */
    public Page page(String protocole, String version) {
        return find(protocole, version)
                .orElseThrow(() -> new NoSuchElementException(
                        "protocole %s, version %s : pas de page au catalogue".formatted(protocole, version)));
    }

    public Optional<Page> find(String protocole, String version) {
        return pages.stream()
                .filter(page ->
                        page.protocole().equals(protocole) && page.version().equals(version))
                .findFirst();
    }

    public List<Page> pages() {
        return pages;
    }

    /** The faults of the pages, in French; none for a catalogue that {@link #load} gave. */
    public List<String> faults() {
        return faults;
    }
}
