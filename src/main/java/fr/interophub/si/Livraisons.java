package fr.interophub.si;

import fr.interophub.echange.Alertes;
import fr.interophub.echange.FileDAttente;
import fr.interophub.echange.FileDAttente.Prise;
import fr.interophub.echange.Transactions;
import java.util.Optional;

/**
 * The demandes that the hub carries to the SI itself (mode {@code webhook}), and what became of them. About one dossier the
 * oldest goes first and alone; dossiers do not wait for each other. A lease is held while a call lasts, and no lock; a demande
 * is carried until the SI has taken it (decision Order-Per-Dossier).
 */
public final class Livraisons {

    private static final String ALERTE_MUET = "SI_INJOIGNABLE";
    private static final String ALERTE_REFUS = "DEMANDE_NON_PRISE";

    private final FileDAttente file;
    private final Demandes demandes;
    private final Alertes alertes;
    private final Transactions transactions;
    private final int essais;

    /**
     * @param file the queue {@code demande_a_livrer}
     * @param essais after how many failures of one demande the desk is told
     */
    Livraisons(FileDAttente file, Demandes demandes, Alertes alertes, Transactions transactions, int essais) {
        this.file = file;
        this.demandes = demandes;
        this.alertes = alertes;
        this.transactions = transactions;
        this.essais = essais;
    }

    /** A demande on its way; carried again it says the same, under the same id. */
    public record Livraison(Prise prise, Demande demande) {}

    /** Claims the next demande that may leave now. */
    public Optional<Livraison> next() {
        return file.claim().map(prise -> new Livraison(prise, demandes.get(prise.objetId())));
    }

    /** The SI has taken it. */
    public void taken(Livraison livraison) {
        transactions.run(() -> {
            file.end(livraison.prise());
            alertes.close(ALERTE_MUET, Demandes.WEBHOOK);
            if (livraison.prise().echecs() >= essais) {
                alertes.close(ALERTE_REFUS, livraison.demande().id());
            }
        });
    }

    /**
     * It could not be said, or the SI has not taken it: it is carried again after a growing pause, and what follows about its
     * dossier waits behind it.
     *
     * @param constat in French, for the desk
     * @param muet true when the SI is left alone for a while: it takes nothing at all
     */
    public void failed(Livraison livraison, String constat, boolean muet) {
        transactions.run(() -> {
            file.failed(livraison.prise(), constat);
            if (muet) {
                alertes.raise(
                        ALERTE_MUET,
                        Demandes.WEBHOOK,
                        null,
                        "Le SI ne prend plus les demandes (mode webhook), elles attendent. Dernier constat : "
                                + constat);
            }
            if (livraison.prise().echecs() + 1 >= essais) {
                alertes.raise(
                        ALERTE_REFUS,
                        livraison.demande().id(),
                        livraison.demande().operateur(),
                        "%s : après %d essais le SI n'a pas pris la demande %s (%s), et ce qui suit sur ce dossier attend. Dernier constat : %s"
                                .formatted(
                                        livraison.demande().operateur(),
                                        livraison.prise().echecs() + 1,
                                        livraison.demande().id(),
                                        livraison.demande().flux(),
                                        constat));
            }
        });
    }
}
