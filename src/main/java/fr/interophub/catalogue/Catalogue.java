package fr.interophub.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        var catalogue = examine(Catalogue::resource);
        if (!catalogue.faults.isEmpty()) {
            throw new CatalogueFautif(catalogue.faults);
        }
        return catalogue;
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
