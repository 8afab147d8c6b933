package fr.interophub.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import fr.interophub.si.Livraisons;
import fr.interophub.si.Livraisons.Livraison;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verbs of the drawing {@code si-webhook}: the hub calls the SI with a demande, signed as <em>Standard Webhooks</em> say,
 * so that the SI reads it with a library of theirs. The SI is called a few times at once at most, and left alone while it fails.
 */
public final class SiWebhook {

    private static final Logger LOG = LoggerFactory.getLogger(SiWebhook.class);
    private static final String SI = "SI";
    private static final String BASE64 = "whsec_";

    private final Livraisons livraisons;
    private final SiJson json;
    private final ClientHttp http;
    private final Circuits circuits;
    private final String url;
    private final String secret;
    private final Clock clock;

    /**
     * @param url where the SI is called
     * @param secret what signs: after {@code whsec_} in base64, else the text itself
     */
    SiWebhook(
            Livraisons livraisons,
            SiJson json,
            ClientHttp http,
            Circuits circuits,
            String url,
            String secret,
            Clock clock) {
        this.livraisons = livraisons;
        this.json = json;
        this.http = http;
        this.circuits = circuits;
        this.url = url;
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * What came of a call.
     *
     * @param constat in French, for the desk; null when the SI has taken the demande
     * @param muet true when the SI is left alone for a while
     */
    public record Suite(String constat, boolean muet) {

        public boolean prise() {
            return constat == null;
        }
    }

    /** Claims the next demande that may leave now, if any. */
    public Livraison next(Exchange exchange) {
        Livraison livraison = circuits.claim(SI, livraisons::next).orElse(null);
        exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, livraison != null);
        return livraison;
    }

    /** Says it to the SI: any answer 2xx takes it. What came of it follows when it comes. */
    public CompletableFuture<Suite> call(@Body Livraison livraison) {
        CompletableFuture<String> constat;
        try {
            constat = http.call(
                    request(livraison),
                    BodyHandlers.discarding(),
                    answer -> answer.statusCode() / 100 == 2 ? null : "HTTP " + answer.statusCode(),
                    ClientHttp.SansReponse::constat);
        } catch (IllegalArgumentException e) {
            constat = CompletableFuture.completedFuture(
                    "hub.si.webhook.url ou hub.si.webhook.secret inutilisable : " + e.getMessage());
        } catch (JsonProcessingException | GeneralSecurityException | RuntimeException e) {
            LOG.error("Demande {} en panne", livraison.demande().id(), e);
            constat = CompletableFuture.completedFuture("panne du hub");
        }
        return constat.thenApply(why -> {
            circuits.ended(SI, why);
            if (why != null) {
                LOG.warn(
                        "Le SI n'a pas pris la demande {} : {}",
                        livraison.demande().id(),
                        why);
            }
            return new Suite(why, why != null && !circuits.answers(SI));
        });
    }

    private HttpRequest request(Livraison livraison) throws JsonProcessingException, GeneralSecurityException {
        String id = livraison.demande().id();
        String moment = String.valueOf(clock.instant().getEpochSecond());
        String body = json.write(livraison.demande());
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", moment)
                .header("webhook-signature", "v1," + signature(id + "." + moment + "." + body))
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
    }

    private String signature(String said) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key(), mac.getAlgorithm()));
        return Base64.getEncoder().encodeToString(mac.doFinal(said.getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] key() {
        return secret.startsWith(BASE64)
                ? Base64.getDecoder().decode(secret.substring(BASE64.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }
}
