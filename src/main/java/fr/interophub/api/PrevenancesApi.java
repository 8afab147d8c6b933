package fr.interophub.api;

import fr.interophub.prevenance.Annonce;
import fr.interophub.prevenance.Prevenances;
import fr.interophub.prevenance.Verdict;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The works that the OI announces on a PM, and who has acknowledged (spec SAV §g, V8 and V9). */
@RestController
@RequestMapping("/api/v1/si/prevenances")
class PrevenancesApi {

    private final Prevenances prevenances;
    private final SuiviPrevenances suivi;

    PrevenancesApi(Prevenances prevenances, SuiviPrevenances suivi) {
        this.prevenances = prevenances;
        this.suivi = suivi;
    }

    /** A page of announcements. */
    record Liste(List<SuiviPrevenances.Vue> prevenances, UUID suivant) {}

    /** An announcement that is not taken is a 400, one of a reference that another has a 409, with the verdict. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Verdict> announce(@AuthenticationPrincipal Appelant appelant, @RequestBody Annonce annonce) {
        Verdict verdict = prevenances.announce(annonce, appelant.getName());
        return ResponseEntity.status(
                        verdict.ok()
                                ? HttpStatus.OK
                                : Verdict.REFERENCE_DEJA_UTILISEE.equals(verdict.motif())
                                        ? HttpStatus.CONFLICT
                                        : HttpStatus.BAD_REQUEST)
                .body(verdict);
    }

    @GetMapping
    Liste list(@RequestParam(required = false) String apres, @RequestParam(required = false) String max) {
        Tranche<SuiviPrevenances.Vue> page =
                suivi.list(Parametres.apres(apres), Parametres.max(max, Dossiers.DEFAUT, Dossiers.MAX));
        return new Liste(page.lignes(), page.suivant());
    }

    @GetMapping("/{reference}")
    SuiviPrevenances.Vue get(@PathVariable String reference) {
        return suivi.find(reference).orElseThrow(Probleme::notFound);
    }
}
