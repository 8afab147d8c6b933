package fr.interophub.catalogue;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The pages of all protocols and versions, read from the class path, checked, immutable. */
public final class Catalogue {

    private final List<Page> pages;
    private final List<String> faults;

    Catalogue(List<Page> pages, List<String> faults) {
        this.pages = List.copyOf(pages);
        this.faults = List.copyOf(faults);
    }

    /**
     * Reads every page of {@code /catalogue}.
     *
     * @throws CatalogueFautif when a page is faulty; its message tells every fault of every page
     */
    public static Catalogue load() {
        throw new UnsupportedOperationException();
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
