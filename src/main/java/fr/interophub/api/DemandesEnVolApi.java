package fr.interophub.api;

import fr.interophub.si.DemandesEnVol;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The demandes in flight by a mode that their operator has left: to see them, and to move them. */
@RestController
@RequestMapping("/api/v1/si/demandes/en-vol")
class DemandesEnVolApi {

    private static final int MAX = 1000;
    private static final int DEFAUT = 100;

    private final DemandesEnVol enVol;
    private final Gestes gestes;

    DemandesEnVolApi(DemandesEnVol enVol, Gestes gestes) {
        this.enVol = enVol;
        this.gestes = gestes;
    }

    /** Which demandes are moved, and why. */
    record Deplacement(List<Long> numeros, String motif) {}

    @GetMapping
    DemandesEnVol.Liste list(@RequestParam(required = false) String avant, @RequestParam(required = false) String max) {
        return enVol.list(Parametres.numero("avant", avant), Parametres.max(max, DEFAUT, MAX));
    }

    /** All of them, or none. */
    @PostMapping(path = "/deplacer", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> move(@AuthenticationPrincipal Appelant appelant, @RequestBody Deplacement body) {
        List<Long> numeros = body.numeros();
        if (numeros == null || numeros.size() > MAX) {
            throw Probleme.parameter("numeros");
        }
        gestes.deplacer(numeros, appelant.getName(), Parametres.motif(body.motif()));
        return Map.of("numeros", numeros, "statut", "DEPLACEE");
    }
}
