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

    /** The motif that a text is, in the contract's form; a text that is none, or says more than one, stays as it is. */
    static String rewrite(Page page, String text, Operateur operateur) {
        return page.readMotif(text)
                .filter(motif -> saysNoMore(page, motif, text))
                .map(motif -> write(motif, operateur))
                .orElse(text);
    }

    /** Behind a code may stand its label, but also another code, or what a person wrote. */
    private static boolean saysNoMore(Page page, Motif motif, String text) {
        int code = motif.code().length();
        if (!text.regionMatches(true, 0, motif.code(), 0, code)) {
            return true;
        }
        String rest = text.substring(code);
        return rest.isBlank() || page.readMotif(rest).filter(motif::equals).isPresent();
    }

    private static String write(Motif motif, Operateur operateur) {
        return switch (operateur.contrat().motifs()) {
            case "code" -> motif.code();
            case "code-libelle" -> motif.code() + " - " + motif.libelle();
            default -> motif.libelle();
        };
    }
}
