package fr.interophub.acces;

import fr.interophub.catalogue.Motif;
import fr.interophub.catalogue.Page;
import fr.interophub.operateur.Operateur;

/** KO motifs in the form that an operator's contract asks for; by default the label, the only one attested (spec §4). */
final class Motifs {

    private Motifs() {}

    static String write(Page page, String code, Operateur operateur) {
        return write(page.motif(code).orElseThrow(() -> new IllegalArgumentException("motif " + code)), operateur);
    }

    /** The motif that a text names, in the contract's form; a text that names none stays as it is. */
    static String rewrite(Page page, String text, Operateur operateur) {
        return page.readMotif(text).map(motif -> write(motif, operateur)).orElse(text);
    }

    private static String write(Motif motif, Operateur operateur) {
        return switch (operateur.contrat().motifs()) {
            case "code" -> motif.code();
            case "code-libelle" -> motif.code() + " - " + motif.libelle();
            default -> motif.libelle();
        };
    }
}
