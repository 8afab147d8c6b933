package fr.interophub.transport.soap;

import fr.interophub.echange.EssaiDeService;
import fr.interophub.echange.Notifications;
import fr.interophub.echange.Notifications.Notification;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.transport.Circuits;
import fr.interophub.transport.soap.AppelOc.Issue;
import fr.interophub.transport.soap.AppelOc.Suite;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verbs of the drawing {@code sav-sortie}. An OC is called a few times at once at most, and not at all while its circuit
 * is open; no thread waits for it, so that one that hangs slows nobody but itself (spec SAV §a.9).
 */
public final class SavSortie implements EssaiDeService {

    private static final Logger LOG = LoggerFactory.getLogger(SavSortie.class);
    private static final String SET = "setTroubleTicketByValue";
    private static final String ESSAI = "getManagedEntityTypes";

    private final Notifications notifications;
    private final Annuaire annuaire;
    private final AppelOc appel;
    private final Espaces espaces;
    private final Clock clock;
    private final Circuits circuits;

    SavSortie(
            Notifications notifications,
            Annuaire annuaire,
            AppelOc appel,
            Espaces espaces,
            Circuits circuits,
            Clock clock) {
        this.notifications = notifications;
        this.annuaire = annuaire;
        this.appel = appel;
        this.espaces = espaces;
        this.clock = clock;
        this.circuits = circuits;
    }

    /** Claims the next notification that may leave now, if any. */
    public Notification next(Exchange exchange) {
        Notification notification = claim();
        exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, notification != null);
        return notification;
    }

    Notification claim() {
        List<String> callable = annuaire.list().stream()
                .filter(this::callable)
                .map(Operateur::code)
                .toList();
        // Where no OC can be called, nobody asks the store.
        return callable.isEmpty()
                ? null
                : notifications.due(callable).stream()
                        .flatMap(code -> circuits.claim(code, () -> notifications.next(code)).stream())
                        .findFirst()
                        .orElse(null);
    }

    private boolean callable(Operateur oc) {
        Contrat contrat = oc.contrat();
        return oc.actif()
                && contrat.sav().url() != null
                && contrat.horaires().emet(LocalDateTime.now(clock))
                && circuits.callable(oc.code());
    }

    /** Says it to the OC, in the OC's profile; what came of it follows when it comes. */
    public CompletableFuture<Suite> call(@Body Notification notification) {
        String code = notification.operateur();
        CompletableFuture<Suite> call;
        try {
            Operateur oc = annuaire.find(code).orElseThrow();
            Profil profil = Profil.of(oc.contrat().sav().profil());
            byte[] envelope = notifications.envelope(
                    notification,
                    Appels.CANAL,
                    profil.version(),
                    () -> Redacteur.envelope(Redacteur.set(profil, espaces.of(oc, profil), notification.champs()))
                            .getBytes(StandardCharsets.UTF_8));
            call = appel.call(oc, SET, new String(envelope, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            LOG.error("Notification {} en panne", notification.nom(), e);
            call = CompletableFuture.completedFuture(new Suite(Issue.ECHEC, "panne du hub", Map.of()));
        }
        return call.whenComplete((suite, none) -> {
            boolean failed = suite.issue() == Issue.ECHEC || suite.issue() == Issue.SANS_REPONSE;
            circuits.ended(code, failed ? suite.constat() : null);
            if (failed) {
                LOG.warn("{} : « {} » n'est pas passé, {}", code, notification.nom(), suite.constat());
            }
        });
    }

    /** Calls an introspection operation; when it answers, what was waiting for this operator leaves. */
    @Override
    public Constat essayer(Operateur operateur) {
        Contrat.Sav contrat = operateur.contrat().sav();
        if (contrat.url() == null) {
            return new Constat(false, null, "aucune adresse n'est convenue (contrat.sav.url)", 0);
        }
        long from = System.nanoTime();
        Suite suite = appel.call(operateur, ESSAI, Redacteur.envelope(Redacteur.empty("co", ESSAI + "Request")))
                .join();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
        if (!suite.dit().containsKey("getManagedEntityTypesResponse")
                && !suite.dit().containsKey("item")) {
            return new Constat(false, contrat.url(), suite.constat(), took);
        }
        circuits.reset(operateur.code());
        notifications.resume(operateur.code());
        return new Constat(
                true,
                contrat.url(),
                "le service répond, il sert : " + suite.dit().getOrDefault("item", "rien qu'il nomme"),
                took);
    }
}
