package fr.interophub.catalogue;

import java.util.List;

/** The pages hold faults; the message tells them all, one per line, in French. The hub does not start on such pages. */
public final class CatalogueFautif extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CatalogueFautif(List<String> faults) {
        super(String.join("\n", faults));
    }
}
