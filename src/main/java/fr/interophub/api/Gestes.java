package fr.interophub.api;

import fr.interophub.acces.Commandes;
import fr.interophub.acces.Reemission;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Ids;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Notifications;
import fr.interophub.echange.Quarantaine;
import fr.interophub.echange.Quarantaines;
import fr.interophub.echange.Transactions;
import fr.interophub.prevenance.Prevenances;
import fr.interophub.sav.ReceptionSav;
import fr.interophub.sav.Signalisations;
import fr.interophub.si.DecisionsGarees;
import fr.interophub.si.DemandesEnVol;
import fr.interophub.suivi.JdbcAlertes;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a person does, at the desk or by REST. Each geste is kept with its acte (who, what, why) or not at all. */
public final class Gestes {

    /** Longest reason. */
    public static final int MOTIF_MAX = 500;

    private static final int QUI_MAX = 60;

    private final Quarantaines quarantaines;
    private final Guichet guichet;
    private final Commandes commandes;
    private final Reemission reemission;
    private final Notifications notifications;
    private final Signalisations signalisations;
    private final Prevenances prevenances;
    private final ReceptionSav receptionSav;
    private final DecisionsGarees decisionsGarees;
    private final DemandesEnVol enVol;
    private final JdbcAlertes alertes;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final Clock clock;

    Gestes(
            Quarantaines quarantaines,
            Guichet guichet,
            Commandes commandes,
            Reemission reemission,
            Notifications notifications,
            Signalisations signalisations,
            Prevenances prevenances,
            ReceptionSav receptionSav,
            DecisionsGarees decisionsGarees,
            DemandesEnVol enVol,
            JdbcAlertes alertes,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock) {
        this.quarantaines = quarantaines;
        this.guichet = guichet;
        this.commandes = commandes;
        this.reemission = reemission;
        this.notifications = notifications;
        this.signalisations = signalisations;
        this.prevenances = prevenances;
        this.receptionSav = receptionSav;
        this.decisionsGarees = decisionsGarees;
        this.enVol = enVol;
        this.alertes = alertes;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Has what was kept aside judged again: the whole file, its one line, or a décision; or has said again what an OC had refused. */
    public void rejouer(UUID id, String qui, String motif) {
        Quarantaine entry = get(id);
        if (entry.motif().equals(Notifications.REFUS)) {
            leaving(() -> transactions.run(() -> {
                notifications.again(entry, qui, motif);
                note(qui, "rejouer", id.toString(), motif);
            }));
            return;
        }
        if (DecisionsGarees.MOTIFS.contains(entry.motif())) {
            leaving(() -> transactions.run(() -> {
                decisionsGarees
                        .again(entry, qui, motif)
                        .orElseThrow(() -> new Probleme(HttpStatus.CONFLICT, "decision-illisible"));
                note(qui, "rejouer", id.toString(), motif);
            }));
            return;
        }
        // A line is found before anything is held: its file may be long.
        LotDeLignes line = entry.messageId() == null ? null : line(entry);
        leaving(() -> transactions.run(() -> {
            if (line == null) {
                quarantaines.replayFile(entry, qui, motif);
            } else {
                quarantaines.leave(entry, "REJOUEE", qui, motif);
                jdbc.update("update message set acheminement = 'RECU' where id = ?", entry.messageId());
                judge(line);
            }
            note(qui, "rejouer", id.toString(), motif);
        }));
    }

    /** By the room of its flux, as the route of received files hands it over. */
    private void judge(LotDeLignes line) {
        if (Prevenances.OBJETS.contains(line.feuille().flux().objet())) {
            prevenances.receive(line);
        } else if (line.feuille().flux().objet().equals(Signalisations.OBJET)) {
            receptionSav.receive(line);
        } else {
            commandes.receive(line);
        }
    }

    private LotDeLignes line(Quarantaine entry) {
        try {
            return guichet.line(entry.journalId(), entry.ligne());
        } catch (FichierIllisible | IOException | NoSuchElementException unreadableNow) {
            throw new Probleme(HttpStatus.CONFLICT, "ligne-illisible");
        }
    }

    /** Nothing more is to be done of what was kept aside. */
    public void ecarter(UUID id, String qui, String motif) {
        Quarantaine entry = get(id);
        leaving(() -> transactions.run(() -> {
            quarantaines.dismiss(entry, qui, motif);
            note(qui, "ecarter", id.toString(), motif);
        }));
    }

    private Quarantaine get(UUID id) {
        return quarantaines.find(id).orElseThrow(() -> known(id) ? gone() : Probleme.notFound());
    }

    private boolean known(UUID id) {
        return !jdbc.queryForList("select id from quarantaine where id = ?", UUID.class, id)
                .isEmpty();
    }

    private static Probleme gone() {
        return new Probleme(HttpStatus.CONFLICT, "deja-sortie");
    }

    private static void leaving(Runnable geste) {
        try {
            geste.run();
        } catch (IllegalStateException someoneWasFaster) {
            if ("already left".equals(someoneWasFaster.getMessage())) {
                throw gone();
            }
            throw someoneWasFaster;
        }
    }

    /**
     * Sends an outgoing message again, same content.
     *
     * @return the new message
     */
    public UUID reemettre(UUID id, String qui, String motif) {
        try {
            return transactions.run(() -> {
                UUID again = signalisations
                        .again(id)
                        .orElseGet(() -> reemission.again(id).id());
                note(qui, "reemettre", id.toString(), motif);
                return again;
            });
        } catch (Reemission.Impossible e) {
            throw new Probleme(HttpStatus.CONFLICT, e.entrant() ? "message-entrant" : "message-retire");
        } catch (NoSuchElementException unknown) {
            throw Probleme.notFound();
        }
    }

    /**
     * Hands demandes in flight to the mode that their operators have today: all of them or, when one is in flight no more,
     * none.
     *
     * @param numeros those under which they had left
     */
    public void deplacer(Collection<Long> numeros, String qui, String motif) {
        if (numeros.isEmpty() || numeros.stream().anyMatch(Objects::isNull)) {
            throw Probleme.parameter("numeros");
        }
        transactions.run(() -> new TreeSet<>(numeros)
                .forEach(numero -> note(
                        qui,
                        "deplacer",
                        enVol.move(numero)
                                .orElseThrow(() -> new Probleme(HttpStatus.CONFLICT, "plus-en-vol", numero.toString())),
                        motif)));
    }

    /** The matter of an alert is over. */
    public void fermerAlerte(UUID id, String qui, String motif) {
        transactions.run(() -> {
            if (!alertes.close(id)) {
                throw Probleme.notFound();
            }
            note(qui, "fermer", id.toString(), motif);
        });
    }

    /** Writes an acte down, inside the caller's transaction. */
    void note(String qui, String verbe, String cible, String motif) {
        jdbc.update(
                "insert into acte (id, quand, qui, verbe, cible, motif) values (?, ?, ?, ?, ?, ?)",
                Ids.next(),
                clock.instant().atOffset(ZoneOffset.UTC),
                cut(qui, QUI_MAX),
                verbe,
                cible,
                cut(motif, MOTIF_MAX));
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }
}
