package fr.interophub.echange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.echange.Notifications.Notification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the queue of notifications owes the hub, on any store. */
abstract class NotificationsContract extends SurUneBase {

    private static final int ESSAIS = 3;

    private final List<String> raised = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final Alertes alertes = new Alertes() {
        @Override
        public void raise(String genre, String sujet, String operateur, String texte) {
            raised.add(genre + " : " + texte);
        }

        @Override
        public void close(String genre, String sujet) {
            closed.add(genre);
        }
    };

    NotificationsContract(BaseDEssai base) {
        super(base);
    }

    private FileDAttente file(String noeud) {
        return new FileDAttente(
                "notification_a_emettre",
                "dossier_id",
                "journal_id",
                noeud,
                base().jdbc(),
                base().transactions(),
                clock());
    }

    private Notifications notifications(String noeud) {
        EchangeDEssai echange = new EchangeDEssai(base(), clock());
        return new Notifications(
                file(noeud),
                echange.journal(),
                echange.quarantaines(alertes),
                alertes,
                base().jdbc(),
                base().transactions(),
                clock(),
                ESSAIS);
    }

    private Notifications notifications() {
        return notifications("n1");
    }

    private void said(UUID dossier, String operateur, String flux) {
        UUID id = Ids.next();
        Object now = clock().instant().atOffset(ZoneOffset.UTC);
        base().jdbc()
                .update(
                        "insert into message (id, dossier_id, rang, operateur, sens, protocole, flux, version, canal,"
                                + " lot_id, ligne, acheminement, etat, demande, date_message, champs) values (?, ?, 1, ?,"
                                + " 'sortant', 'sav', ?, '2.1', 'SOAP', ?, 0, 'A_EMETTRE', 'OPENACTIVE', false, ?, ?)",
                        id,
                        dossier,
                        operateur,
                        flux,
                        Ids.next(),
                        now,
                        "{\"troubleTicketKey\":\"OI-1\"}");
        base().jdbc()
                .update(
                        "insert into notification_a_emettre (message_id, dossier_id, operateur, prochaine) values (?, ?, ?,"
                                + " ?)",
                        id,
                        dossier,
                        operateur,
                        now);
    }

    private Notification next() {
        return notifications().next("OCXA").orElseThrow();
    }

    private static byte[] envelope(Notification notification) {
        return ("<e>" + notification.flux() + "</e>").getBytes(StandardCharsets.UTF_8);
    }

    private Notification sent() {
        Notification notification = next();
        notifications().envelope(notification, "SOAP", "2.1", () -> envelope(notification));
        return notification;
    }

    private String acheminement(Notification notification) {
        return base().jdbc()
                .queryForObject(
                        "select acheminement from message where id = ?", String.class, notification.messageId());
    }

    @Test
    void aboutOneTicketTheOldestGoesFirstAndAlone() {
        UUID ticket = Ids.next();
        said(ticket, "OCXA", "un");
        said(ticket, "OCXA", "deux");
        UUID other = Ids.next();
        said(other, "OCXA", "autre");

        Notification first = sent();
        Notification beside = sent();

        assertThat(first.flux()).isEqualTo("un");
        assertThat(first.champs()).containsEntry("troubleTicketKey", "OI-1");
        assertThat(beside.flux())
                .as("another ticket of the same operator does not wait")
                .isEqualTo("autre");
        assertThat(notifications().next("OCXA")).isEmpty();

        notifications().delivered(first);
        assertThat(acheminement(first)).isEqualTo("ACQUITTE");
        assertThat(sent().flux()).isEqualTo("deux");
    }

    @Test
    void anOperatorThatIsNotCalledNowIsLeftAside() {
        said(Ids.next(), "OCXA", "un");
        said(Ids.next(), "OCXB", "deux");

        assertThat(notifications().next("OCXB").orElseThrow().operateur()).isEqualTo("OCXB");
        assertThat(notifications().next("OCXB")).isEmpty();
    }

    @Test
    void whatLeavesAgainIsWhatLeftFirst() {
        said(Ids.next(), "OCXA", "un");
        Notification first = next();
        byte[] bytes = notifications().envelope(first, "SOAP", "2.1", () -> envelope(first));
        notifications().failed(first, "aucune réponse", true);
        assertThat(acheminement(first)).isEqualTo("A_VERIFIER");
        assertThat(notifications().next("OCXA")).as("it waits").isEmpty();

        clock().advance(Duration.ofMinutes(5));
        Notification again = next();
        assertThat(notifications().envelope(again, "SOAP", "2.1", () -> new byte[] {1}))
                .isEqualTo(bytes);
        assertThat(base().count("journal")).isOne();
    }

    @Test
    void aKilledNodeLosesNothingAndItsNextLifeGoesOn() {
        UUID ticket = Ids.next();
        said(ticket, "OCXA", "un");
        said(ticket, "OCXA", "deux");
        Notification held = sent();

        file("n2").release();
        assertThat(notifications("n2").next("OCXA"))
                .as("another node does not take what is held")
                .isEmpty();

        file("n1").release();
        Notification again = next();
        assertThat(again.messageId()).isEqualTo(held.messageId());
        assertThatThrownBy(() -> notifications().delivered(held))
                .as("the former holder has nothing to say any more")
                .isInstanceOf(FileDAttente.PrisePerdue.class);
        notifications().delivered(again);
        assertThat(next().flux()).isEqualTo("deux");
    }

    @Test
    void aRefusedOneIsForAPersonAndWhatFollowsGoesOn() {
        UUID ticket = Ids.next();
        said(ticket, "OCXA", "un");
        said(ticket, "OCXA", "deux");
        Notification refused = sent();

        notifications().refused(refused, "code 8. INFO troubleTicketKey INCONNUE");

        assertThat(acheminement(refused)).isEqualTo("EN_QUARANTAINE");
        assertThat(raised).singleElement().asString().contains("NOTIFICATION_REFUSEE", "code 8");
        Notification following = sent();
        assertThat(following.flux()).isEqualTo("deux");
        notifications().delivered(following);

        UUID entry = base().jdbc().queryForObject("select id from quarantaine", UUID.class);
        Quarantaine kept = new EchangeDEssai(base(), clock())
                .quarantaines(alertes)
                .find(entry)
                .orElseThrow();
        assertThat(kept.motif()).isEqualTo(Notifications.REFUS);
        base().transactions().run(() -> notifications().again(kept, "moi", "corrigé chez eux"));
        assertThat(next().messageId()).isEqualTo(refused.messageId());
    }

    @Test
    void aDesynchronisationIsTakenAndTold() {
        said(Ids.next(), "OCXA", "un");
        Notification taken = sent();

        notifications().desynchronised(taken, "code 6.");

        assertThat(acheminement(taken)).isEqualTo("ACQUITTE");
        assertThat(base().count("notification_a_emettre")).isZero();
        assertThat(raised).singleElement().asString().contains("DESYNCHRONISATION", "resynchroniser");
    }

    @Test
    void oneThatKeepsFailingIsParkedUntilItsServiceAnswers() {
        UUID ticket = Ids.next();
        said(ticket, "OCXA", "un");
        said(ticket, "OCXA", "deux");
        for (int i = 0; i < ESSAIS; i++) {
            notifications().failed(sent(), "connexion impossible", false);
            clock().advance(Duration.ofMinutes(5));
        }
        clock().advance(Duration.ofDays(30));
        assertThat(notifications().next("OCXA"))
                .as("what follows waits behind it")
                .isEmpty();
        assertThat(raised).singleElement().asString().contains("NOTIFICATION_GAREE", "connexion impossible");

        notifications().resume("OCXA");

        assertThat(closed).contains("NOTIFICATION_GAREE");
        Notification again = sent();
        assertThat(again.flux()).isEqualTo("un");
        assertThat(again.prise().echecs()).isZero();
    }
}
