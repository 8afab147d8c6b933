package fr.interophub.acces;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Page;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Says again what was said: a lost AR, CR or notification goes out with the same content, marked as re-emitted. The
 * dossier's state does not move, and the SI is told nothing (front door, Reading back).
 */
public final class Reemission {

    /** Outgoing messages that a person has taken off the road are not sent again behind their back. */
    private static final Set<Acheminement> RETIRES = Set.of(Acheminement.EN_QUARANTAINE, Acheminement.ECARTE);

    private final Catalogue catalogue;
    private final Annuaire annuaire;
    private final Registre registre;
    private final Transactions transactions;
    private final Clock clock;

    public Reemission(
            Catalogue catalogue, Annuaire annuaire, Registre registre, Transactions transactions, Clock clock) {
        this.catalogue = catalogue;
        this.annuaire = annuaire;
        this.registre = registre;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** This message cannot be said again. */
    public static final class Impossible extends RuntimeException {
        private final boolean entrant;

        private Impossible(boolean entrant) {
            super(entrant ? "incoming message" : "message taken off the road");
            this.entrant = entrant;
        }

        /** True when it is a message that the OC said; false when it was set aside on its way out. */
        public boolean entrant() {
            return entrant;
        }
    }

    /**
     * Puts a message on the road again, in one transaction.
     *
     * @return the new message
     * @throws Impossible if it came in, or was set aside
     * @throws java.util.NoSuchElementException if there is no such message
     */
    public Message again(UUID messageId) {
        return transactions.run(() -> {
            Message first = registre.findMessage(messageId).orElseThrow();
            if (first.sens() == Sens.ENTRANT || first.sortieId() == null) {
                throw new Impossible(true);
            }
            if (first.acheminement() != null && RETIRES.contains(first.acheminement())) {
                throw new Impossible(false);
            }
            Operateur operateur = annuaire.find(first.operateur()).orElseThrow();
            // Held first, so that what leaves about one dossier is numbered in order.
            Dossier dossier = first.dossierId() == null
                    ? null
                    : registre.findForUpdate(first.dossierId()).orElseThrow();
            return write(first, dossier, operateur);
        });
    }

    private Message write(Message first, Dossier dossier, Operateur operateur) {
        Instant now = clock.instant();
        Page page = catalogue.page(first.protocole(), first.version());
        FluxSheet sheet = Feuilles.of(page, first.flux(), operateur);
        Lot lot = new Lot(null);
        Lot.Sortie sortie = lot.sortie(operateur, sheet);
        sheet.ligne(0, Json.read(first.champs())).writeCsv(sortie.contenu());
        int rang = 0;
        UUID dossierId = null;
        if (dossier != null) {
            rang = dossier.aside(now);
            dossierId = dossier.id();
            lot.change(dossier);
        }
        Message again = new Message(
                Ids.next(),
                dossierId,
                rang,
                first.operateur(),
                Sens.SORTANT,
                first.protocole(),
                first.flux(),
                first.version(),
                first.issue(),
                Message.Nature.REEMIS,
                operateur.canal(page),
                null,
                lot.id(),
                sortie.id(),
                sortie.next(dossierId),
                null,
                dossier == null ? null : dossier.etat(),
                false,
                now,
                first.champs(),
                null);
        lot.add(again);
        registre.write(lot);
        return again;
    }
}
