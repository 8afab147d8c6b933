package fr.interophub.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reading back: dossiers, their messages, the bytes (front door, Reading back). */
@RestController
@RequestMapping("/api/v1")
class DossiersApi {

    private final Dossiers dossiers;
    private final Contenus contenus;
    private final Gestes gestes;

    DossiersApi(Dossiers dossiers, Contenus contenus, Gestes gestes) {
        this.dossiers = dossiers;
        this.contenus = contenus;
        this.gestes = gestes;
    }

    /** A page of dossiers. */
    record Liste(List<Dossiers.Vue> dossiers, UUID suivant) {}

    /**
     * A dossier and what was said about it.
     *
     * @param messagesSuivants told only when there are more messages: what to give as {@code depuis} to read them
     */
    @JsonPropertyOrder({"dossier", "messages", "messagesSuivants"})
    record Detail(
            @JsonUnwrapped Dossiers.Vue dossier,
            List<Dossiers.MessageVue> messages,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer messagesSuivants) {}

    /** Why something is done. */
    record Motif(String motif) {}

    @GetMapping("/dossiers")
    Liste list(
            @AuthenticationPrincipal Appelant appelant,
            @RequestParam(required = false) String reference,
            @RequestParam(required = false) String protocole,
            @RequestParam(required = false) String etat,
            @RequestParam(required = false) String operateur,
            @RequestParam(required = false) String apres,
            @RequestParam(required = false) String max) {
        Tranche<Dossiers.Vue> page = dossiers.list(new Dossiers.Recherche(
                Parametres.texte(reference),
                Parametres.texte(protocole),
                Parametres.texte(etat),
                Parametres.texte(operateur),
                appelant.confine(),
                Parametres.apres(apres),
                Parametres.max(max, Dossiers.DEFAUT, Dossiers.MAX)));
        return new Liste(page.lignes(), page.suivant());
    }

    @GetMapping("/dossiers/{id}")
    Detail get(
            @AuthenticationPrincipal Appelant appelant,
            @PathVariable String id,
            @RequestParam(required = false) String depuis) {
        Dossiers.Vue dossier =
                dossiers.find(Parametres.id(id), appelant.confine()).orElseThrow(Probleme::notFound);
        Dossiers.Messages messages = dossiers.messages(dossier.id(), depuis(depuis));
        return new Detail(dossier, messages.messages(), messages.suivant());
    }

    private static int depuis(String text) {
        if (text == null) {
            return 0;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw Probleme.parameter("depuis");
        }
        return Integer.parseInt(text);
    }

    @GetMapping("/messages/{id}/contenu")
    void content(@AuthenticationPrincipal Appelant appelant, @PathVariable String id, HttpServletResponse response)
            throws IOException {
        contenus.send(contenus.find(Parametres.id(id), appelant.confine()).orElseThrow(Probleme::notFound), response);
    }

    @PostMapping("/messages/{id}/reemettre")
    Dossiers.MessageVue again(
            @AuthenticationPrincipal Appelant appelant,
            @PathVariable String id,
            @RequestBody(required = false) Motif body) {
        UUID again = gestes.reemettre(
                Parametres.id(id), appelant.getName(), Parametres.motif(body == null ? null : body.motif()));
        return dossiers.findMessage(again).orElseThrow();
    }
}
