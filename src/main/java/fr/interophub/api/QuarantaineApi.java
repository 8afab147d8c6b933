package fr.interophub.api;

import fr.interophub.suivi.JdbcAlertes;
import fr.interophub.suivi.JdbcAlertes.Alerte;
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

/** What waits for a person: the quarantaine and the alerts (front door, Reading back). */
@RestController
@RequestMapping("/api/v1")
class QuarantaineApi {

    private static final int MAX = 500;
    private static final int DEFAUT = 50;

    private final EntreesQuarantaine entrees;
    private final JdbcAlertes alertes;
    private final Gestes gestes;

    QuarantaineApi(EntreesQuarantaine entrees, JdbcAlertes alertes, Gestes gestes) {
        this.entrees = entrees;
        this.alertes = alertes;
        this.gestes = gestes;
    }

    /** A page of entries. */
    record Liste(List<EntreesQuarantaine.Vue> quarantaine, UUID suivant) {}

    /** What became of an entry, or of an alert. */
    record Sortie(UUID id, String statut) {}

    /** The open alerts, the latest first. */
    record ListeAlertes(List<Alerte> alertes) {}

    @GetMapping("/quarantaine")
    Liste list(
            @AuthenticationPrincipal Appelant appelant,
            @RequestParam(required = false) String operateur,
            @RequestParam(required = false) String apres,
            @RequestParam(required = false) String max) {
        Tranche<EntreesQuarantaine.Vue> page = entrees.list(
                Parametres.texte(operateur),
                appelant.confine(),
                Parametres.apres(apres),
                Parametres.max(max, DEFAUT, MAX));
        return new Liste(page.lignes(), page.suivant());
    }

    @PostMapping("/quarantaine/{id}/rejouer")
    Sortie replay(
            @AuthenticationPrincipal Appelant appelant,
            @PathVariable String id,
            @RequestBody(required = false) DossiersApi.Motif body) {
        UUID entry = Parametres.id(id);
        gestes.rejouer(entry, appelant.getName(), Parametres.motif(body == null ? null : body.motif()));
        return new Sortie(entry, "REJOUEE");
    }

    @PostMapping("/quarantaine/{id}/ecarter")
    Sortie dismiss(
            @AuthenticationPrincipal Appelant appelant,
            @PathVariable String id,
            @RequestBody(required = false) DossiersApi.Motif body) {
        UUID entry = Parametres.id(id);
        gestes.ecarter(entry, appelant.getName(), Parametres.motif(body == null ? null : body.motif()));
        return new Sortie(entry, "ECARTEE");
    }

    @GetMapping("/alertes")
    ListeAlertes alerts() {
        return new ListeAlertes(alertes.list(MAX).stream()
                .map(a -> new Alerte(
                        a.id(),
                        a.genre(),
                        a.sujet(),
                        a.operateur(),
                        a.texte(),
                        a.nombre(),
                        Lignes.paris(a.creeLe().toInstant()),
                        Lignes.paris(a.vueLe().toInstant())))
                .toList());
    }

    @PostMapping("/alertes/{id}/fermer")
    Sortie close(
            @AuthenticationPrincipal Appelant appelant,
            @PathVariable String id,
            @RequestBody(required = false) DossiersApi.Motif body) {
        UUID alert = Parametres.id(id);
        String motif =
                body == null || body.motif() == null || body.motif().isBlank() ? "vue" : Parametres.motif(body.motif());
        gestes.fermerAlerte(alert, appelant.getName(), motif);
        return new Sortie(alert, "FERMEE");
    }
}
