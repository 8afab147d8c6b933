package fr.interophub.catalogue;

/**
 * A file that cannot be read at all: it gets no AR, it is kept and shown (spec Accès 1.2 §1 E15, §3.2, T01).
 *
 * <p>Motifs: {@code FICHIER_VIDE}, {@code SANS_LIGNE} (header only), {@code ENTETE_INCONNUE}, {@code PLUSIEURS_FLUX},
 * {@code NOMBRE_DE_COLONNES}, {@code REFERENCE_VIDE}, {@code GUILLEMETS} (a quote never closed), {@code LIGNE_TROP_LONGUE}
 * (a record above 1 MiB characters), {@code ARCHIVE} (zip, gzip…), {@code TROP_DE_LIGNES}.
 */
public final class FichierIllisible extends Exception {

    private static final long serialVersionUID = 1L;

    private final String motif;
    private final Long ligne;
    private final String detail;

    public FichierIllisible(String motif, Long ligne, String detail) {
        super(ligne == null ? motif + " : " + detail : motif + ", ligne " + ligne + " : " + detail);
        this.motif = motif;
        this.ligne = ligne;
        this.detail = detail;
    }

    public String motif() {
        return motif;
    }

    /** The physical line of the file where it shows, the first being 1; {@code null} when no line is to blame. */
    public Long ligne() {
        return ligne;
    }

    /** In French, for people: what, where, what was expected, what was read. */
    public String detail() {
        return detail;
    }
}
