package fr.interophub.bacasable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An OC that calls the hub's SAV services by SOAP, with the login of its sheet in the header (spec SAV §a.5). */
public final class PosteSav {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = Rest.client();
    private final URI service;
    private final String header;

    /**
     * @param hub where the hub's HTTP door is
     * @param version the contract it calls by, {@code 2.1} or {@code 3.0}
     */
    public PosteSav(URI hub, String version, String login, String motDePasse) {
        this.service = hub.resolve("/services/sav/v" + version);
        this.header = EnveloppeSav.login(login, motDePasse);
    }

    /**
     * What the hub answers.
     *
     * @param cle the ticket's key; empty when there is none
     * @param champs what a read found, by field; empty otherwise
     */
    public record Reponse(int code, String libelle, String cle, Map<String, String> champs) {}

    /** The create service. */
    public Reponse create(Map<String, String> champs) throws IOException, InterruptedException {
        return call("createTroubleTicketByValue", champs);
    }

    /** The set service. */
    public Reponse set(Map<String, String> champs) throws IOException, InterruptedException {
        return call("setTroubleTicketByValue", champs);
    }

    /**
     * The read service.
     *
     * @param attrNames the fields that are asked for; none: all
     */
    public Reponse read(Map<String, String> criteres, List<String> attrNames) throws IOException, InterruptedException {
        return send("getTroubleTicketByKey", EnveloppeSav.read(header, criteres, attrNames));
    }

    private Reponse call(String operation, Map<String, String> champs) throws IOException, InterruptedException {
        return send(operation, EnveloppeSav.call(header, operation, champs));
    }

    /** @throws IOException when no return code came: the door does not answer, or it answers a fault */
    private Reponse send(String operation, String envelope) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service)
                .timeout(PATIENCE)
                .header("Content-Type", "text/xml;charset=UTF-8")
                .header("SOAPAction", "\"" + operation + "\"")
                .POST(HttpRequest.BodyPublishers.ofString(envelope))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        EnveloppeSav.Lue said = EnveloppeSav.read(response.body());
        String code = said.get("returnCode");
        if (response.statusCode() != 200 || code.isEmpty()) {
            throw new IOException("%s : HTTP %d %s".formatted(operation, response.statusCode(), said.champs()));
        }
        Map<String, String> found = new LinkedHashMap<>(said.champs());
        found.keySet().removeAll(List.of("returnCode", "returnLabel"));
        return new Reponse(
                Integer.parseInt(code),
                said.get("returnLabel"),
                said.get("troubleTicketKey"),
                operation.startsWith("get") && code.equals("0") ? found : Map.of());
    }
}
