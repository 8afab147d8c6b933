package fr.interophub.bacasable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.bacasable.CasSav.Autour;
import fr.interophub.catalogue.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** A case of SAV played against a running hub: the SI by REST, the OC by files and, where it calls, by SOAP. */
public abstract class JeuParLesPortes extends JeuParFichiers {

    /** Something asked of a door. */
    @FunctionalInterface
    protected interface Asked<T> {
        T ask() throws IOException, InterruptedException;
    }

    /** What a door answers; one that does not ends the case. */
    protected static <T> T asked(Asked<T> call) {
        try {
            return call.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final String serie = UUID.randomUUID().toString();
    private final Rest si;
    private final Rest lecture;
    private int decisions;

    /** @param portes its SI's key, and one that may read everything and write what the OI writes */
    protected JeuParLesPortes(CasSav cas, Catalogue catalogue, Oi oi, Portes portes) {
        super(cas, catalogue, oi);
        HttpClient http = Rest.client();
        si = new Rest(http, portes.http(), portes.cleSi());
        lecture = new Rest(http, portes.http(), portes.cleLecture());
    }

    /** The code of {@code OC} or {@code OC2}. */
    protected abstract String code(String qui);

    /** How one of them calls us. */
    protected abstract PosteSav poste(String qui);

    @Override
    protected Entendu call(String qui, boolean create, String action, Map<String, String> champs) {
        Map<String, String> all = new LinkedHashMap<>(champs);
        if (action != null) {
            all.put("description", action);
        }
        PosteSav.Reponse said =
                asked(() -> create ? poste(qui).create(all) : poste(qui).set(all));
        return new Entendu(said.code(), said.libelle(), said.cle());
    }

    @Override
    protected Lu read(String qui, Map<String, String> criteres, List<String> attrNames) {
        PosteSav.Reponse said = asked(() -> poste(qui).read(criteres, attrNames));
        return new Lu(said.code(), said.libelle(), said.champs());
    }

    @Override
    protected Entendu decide(String qui, String action, Map<String, String> champs) {
        JsonNode verdict = decision(code(qui), action, champs);
        String detail = verdict.path("detail").asText();
        if (verdict.path("verdict").asText().equals("OK")) {
            return new Entendu(0, detail, detail.replace("ticket ", ""));
        }
        String[] code = detail.split(" ", 2);
        return new Entendu(Integer.parseInt(code[0]), code[1], null);
    }

    /** What the hub says of a décision of the SI. */
    protected JsonNode decision(String operateur, String flux, Map<String, String> champs) {
        ObjectNode one = Rest.JSON
                .createObjectNode()
                .put("id", serie + "-" + ++decisions)
                .put("operateur", operateur)
                .put("flux", flux);
        one.set("champs", Rest.JSON.valueToTree(champs));
        return bySi("/api/v1/si/decisions", one);
    }

    /** Says one thing to a door that takes many. */
    protected JsonNode bySi(String path, JsonNode one) {
        return asked(() -> si.post(path, Rest.JSON.createArrayNode().add(one))).path(0);
    }

    /** A reading. */
    protected JsonNode look(String path, Map<String, String> query) {
        return asked(() -> lecture.get(path, query));
    }

    @Override
    protected Etats states(String key) {
        JsonNode ticket = ticket(key);
        return new Etats(ticket.path("etat").asText(), ticket.path("resolution").asText(""));
    }

    protected JsonNode ticket(String key) {
        return look("/api/v1/dossiers", Map.of("reference", key))
                .path("dossiers")
                .path(0);
    }

    @Override
    protected void access(String nom, Map<String, String> valeurs) {
        asked(() -> lecture.put(
                "/api/v1/parc/" + nom,
                Rest.JSON
                        .createObjectNode()
                        .put("operateur", code(operateur(valeurs)))
                        .put("ReferencePrise", valeurs.getOrDefault("prise", "PTO-" + nom))
                        .put("ReferencePm", valeurs.get("pm"))
                        .put("adresse", valeurs.get("adresse"))
                        .put("dateMes", "2026-01-31T12:00:00+01:00")
                        .put("gtr", valeurs.get("gtr"))
                        .put("etat", valeurs.getOrDefault("etat", "EN_SERVICE"))));
    }

    @Override
    protected void other(Autour autour) {
        switch (autour.verbe()) {
            case "alerte" -> told(autour, () -> aside("alertes", Map.of(), "genre", autour.quoi()));
            case "quarantaine" ->
                told(
                        autour,
                        () -> aside(
                                "quarantaine", Map.of("operateur", code("OC"), "max", "500"), "motif", autour.quoi()));
            case "prévenance" -> works(autour);
            default -> throw new IllegalArgumentException(autour.toString());
        }
    }

    private void told(Autour autour, Supplier<List<JsonNode>> aside) {
        String where = cas().id() + ", ligne " + autour.numero();
        Ecart.unless(holds(() -> !aside.get().isEmpty()), where, autour.quoi(), "rien");
        seen(autour.verbe(), aside.get());
    }

    /** What a list of the desk tells of this OC, and of its last file where it names one. */
    private List<JsonNode> aside(String liste, Map<String, String> query, String champ, String valeur) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode one : look("/api/v1/" + liste, query).path(liste)) {
            if (one.path("operateur").asText().equals(code("OC"))
                    && one.path(champ).asText().equals(valeur)
                    && (!one.has("fichier") || one.path("fichier").asText().equals(last.nom()))) {
                found.add(one);
            }
        }
        return found;
    }

    /** The desk has been told what the case expects. */
    protected void seen(String liste, List<JsonNode> entries) {}

    /** {@code prévenance PREV-1 pm=PM-1 …}: the OI announces; {@code prévenance PREV-1 OC=ACCUSEE}: where the OC's file is. */
    private void works(Autour autour) {
        String reference = said(autour.quoi());
        if (autour.valeurs().containsKey("OC")) {
            String wanted = autour.valeurs().get("OC");
            Ecart.unless(
                    holds(() -> look("/api/v1/si/prevenances/" + reference, Map.of())
                            .at("/envois/0/etat")
                            .asText()
                            .equals(wanted)),
                    cas().id() + ", ligne " + autour.numero(),
                    wanted,
                    look("/api/v1/si/prevenances/" + reference, Map.of()));
            return;
        }
        ObjectNode annonce = Rest.JSON
                .createObjectNode()
                .put("ReferencePrevenance", reference)
                .put("ReferencePM", value(autour.valeurs().get("pm")))
                .put("DateHeureDebut", value(autour.valeurs().get("debut")))
                .put("DateHeureFin", value(autour.valeurs().get("fin")));
        asked(() -> lecture.post("/api/v1/si/prevenances", annonce));
    }
}
