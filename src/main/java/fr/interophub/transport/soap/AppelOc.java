package fr.interophub.transport.soap;

import fr.interophub.operateur.Coffre;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.transport.ClientHttp;
import fr.interophub.transport.soap.Lecteur.Illisible;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One call of an OC's service and what came of it (spec SAV §a.9). No thread waits for the answer; what comes back is
 * bounded, in length and in time.
 */
public final class AppelOc {

    private static final int REPONSE_MAX = PorteSoap.MAX;
    private static final int DESYNCHRO = 6;

    /** Codes that say nothing against what was said: it is told again, later. Every other refusal is for a person. */
    private static final Set<Integer> TECHNIQUES = Set.of(7, 10, 12, 14, 15, 16, 18, 19, 20, 21, 22, 23);

    /** How the exceptions of OSS/J are understood (spec SAV §a.6). */
    private static final Map<String, Integer> EXCEPTIONS =
            Map.of("objectNotFoundException", 8, "ossResyncRequiredException", DESYNCHRO);

    private final ClientHttp http;
    private final Coffre coffre;

    /**
     * @param coffre opens the password that we give to an OC
     */
    AppelOc(ClientHttp http, Coffre coffre) {
        this.http = http;
        this.coffre = coffre;
    }

    /** What becomes of what was said. */
    public enum Issue {
        ACQUITTE,
        DESYNCHRO,
        REFUS,
        ECHEC,
        /** It left, and no answer came: it may have been taken. */
        SANS_REPONSE
    }

    /** @param constat in French, for the desk */
    public record Suite(Issue issue, String constat, Map<String, String> dit) {

        /** May the OC have taken it, though no answer came? */
        public boolean inconnu() {
            return issue == Issue.SANS_REPONSE;
        }
    }

    /**
     * @param operation the soapAction
     * @param envelope without credentials
     */
    CompletableFuture<Suite> call(Operateur oc, String operation, String envelope) {
        HttpRequest request;
        try {
            request = request(oc.contrat().sav(), password(oc), operation, envelope);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(
                    new Suite(Issue.ECHEC, "adresse ou mot de passe inutilisable : " + e.getMessage(), Map.of()));
        }
        return http.call(
                request,
                bounded(),
                AppelOc::answered,
                none -> new Suite(none.inconnu() ? Issue.SANS_REPONSE : Issue.ECHEC, none.constat(), Map.of()));
    }

    private String password(Operateur oc) {
        return oc.soap() == null || oc.soap().motDePasseSortant() == null
                ? ""
                : coffre.open(oc.soap().motDePasseSortant());
    }

    private static HttpRequest request(Contrat.Sav contrat, String password, String operation, String envelope) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(contrat.url()))
                .header("Content-Type", "text/xml;charset=UTF-8")
                .header("SOAPAction", "\"" + operation + "\"");
        String sent = switch (contrat.login() == null ? "aucune" : contrat.authentification()) {
            case "entete" -> Redacteur.header(envelope, Redacteur.login(contrat.login(), password));
            case "usernametoken" -> Redacteur.header(envelope, Redacteur.token(contrat.login(), password));
            case "basic" -> {
                String pair = contrat.login() + ":" + password;
                request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
                yield envelope;
            }
            default -> envelope;
        };
        return request.POST(BodyPublishers.ofString(sent, StandardCharsets.UTF_8))
                .build();
    }

    private static BodyHandler<byte[]> bounded() {
        return info -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            return BodySubscribers.mapping(
                    BodySubscribers.ofByteArrayConsumer(some -> some.ifPresent(part -> {
                        if (bytes.size() + part.length > REPONSE_MAX) {
                            throw new IllegalStateException("réponse de plus de %d octets".formatted(REPONSE_MAX));
                        }
                        bytes.writeBytes(part);
                    })),
                    done -> bytes.toByteArray());
        };
    }

    private static Suite answered(HttpResponse<byte[]> response) {
        Map<String, String> said;
        try {
            said = Lecteur.answer(new ByteArrayInputStream(response.body()));
        } catch (Illisible e) {
            return new Suite(Issue.ECHEC, "HTTP %d, réponse illisible".formatted(response.statusCode()), Map.of());
        }
        if (said.containsKey("fault")) {
            int code = EXCEPTIONS.getOrDefault(said.get("fault"), 10);
            String told = said.getOrDefault("message", said.getOrDefault("faultstring", ""));
            return judged(code, "faute %s, comme code %d. %s".formatted(said.get("fault"), code, told), said);
        }
        if (response.statusCode() != 200) {
            return new Suite(Issue.ECHEC, "HTTP " + response.statusCode(), said);
        }
        String code = said.getOrDefault("returnCode", "");
        if (!code.matches("[0-9]{1,4}")) {
            return new Suite(Issue.ECHEC, "réponse sans returnCode", said);
        }
        return judged(
                Integer.parseInt(code), "code %s. %s".formatted(code, said.getOrDefault("returnLabel", "")), said);
    }

    private static Suite judged(int code, String constat, Map<String, String> said) {
        Issue issue = code == 0
                ? Issue.ACQUITTE
                : code == DESYNCHRO ? Issue.DESYNCHRO : TECHNIQUES.contains(code) ? Issue.ECHEC : Issue.REFUS;
        return new Suite(issue, constat.strip(), said);
    }
}
