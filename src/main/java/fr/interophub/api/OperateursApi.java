package fr.interophub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.echange.EssaiDeService;
import fr.interophub.operateur.Annuaire;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The sheets of the operators, live without restart (front door, Demo operators). */
@RestController
@RequestMapping("/api/v1/operateurs")
class OperateursApi {

    private final Fiches fiches;
    private final Annuaire annuaire;
    private final EssaiDeService essai;

    OperateursApi(Fiches fiches, Annuaire annuaire, EssaiDeService essai) {
        this.fiches = fiches;
        this.annuaire = annuaire;
        this.essai = essai;
    }

    /** Every operator, in the order of the codes. */
    record Liste(List<ObjectNode> operateurs) {}

    @GetMapping
    Liste list() {
        return new Liste(fiches.list());
    }

    @GetMapping("/{code}")
    ObjectNode get(@PathVariable String code) {
        return fiches.get(code);
    }

    @PutMapping("/{code}")
    ResponseEntity<ObjectNode> put(
            @AuthenticationPrincipal Appelant appelant, @PathVariable String code, @RequestBody JsonNode body) {
        Fiches.Ecriture written = fiches.write(code, body, appelant.getName());
        return ResponseEntity.status(written.nouveau() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(written.fiche());
    }

    /** Tries the operator's own service, and tells what happened: for the desk, and for that operator itself. */
    @PostMapping("/{code}/tester")
    EssaiDeService.Constat test(@AuthenticationPrincipal Appelant appelant, @PathVariable String code) {
        return annuaire.find(code)
                .filter(operateur -> appelant.droit() == Appelant.Droit.OI || code.equals(appelant.operateur()))
                .map(essai::essayer)
                .orElseThrow(Probleme::notFound);
    }
}
