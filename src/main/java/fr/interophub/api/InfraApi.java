package fr.interophub.api;

import fr.interophub.infra.Bilan;
import fr.interophub.infra.Chargements;
import fr.interophub.infra.Inventaire;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The registers of the network (docs/flux/infra-1.md). */
@RestController
@RequestMapping("/api/v1/infra")
class InfraApi {

    private static final int NOM_MAX = 200;

    private final Chargements chargements;
    private final RoutesEnAttente routes;
    private final Path data;

    /**
     * @param data where a file waits while it is read: twice, so that its encoding is known
     */
    InfraApi(Chargements chargements, RoutesEnAttente routes, @Value("${hub.data}") Path data) {
        this.chargements = chargements;
        this.routes = routes;
        this.data = data;
    }

    /**
     * Loads a register from a file, whole or not at all (422 with every fault).
     *
     * @param partiel true when the rows that the file does not name stay
     */
    @PostMapping(path = "/{registre}", consumes = "text/csv")
    ResponseEntity<Bilan> load(
            @PathVariable String registre,
            @RequestParam(required = false) String fichier,
            @RequestParam(defaultValue = "false") boolean partiel,
            HttpServletRequest request)
            throws IOException {
        Inventaire inventaire = Inventaire.find(registre).orElseThrow(Probleme::notFound);
        String said = Parametres.texte(fichier);
        if (said != null && said.length() > NOM_MAX) {
            throw Probleme.parameter("fichier");
        }
        Path file = Files.createTempFile(Files.createDirectories(data), "registre", ".csv");
        try {
            Files.copy(request.getInputStream(), file, StandardCopyOption.REPLACE_EXISTING);
            Bilan bilan = chargements.load(
                    inventaire,
                    said == null ? inventaire.code() + ".csv" : said,
                    () -> Files.newInputStream(file),
                    partiel);
            return ResponseEntity.status(bilan.pris() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY)
                    .body(bilan);
        } finally {
            Files.delete(file);
        }
    }

    /** A page of routes that wait for their OC. */
    record Liste(List<RoutesEnAttente.Route> routes, UUID suivant) {}

    /**
     * Orders that hold a route, and whose OC owes its CR_STOC or its CR_MES.
     *
     * @param jours for how many days nothing has moved, 30 if left out
     */
    @GetMapping("/routes-en-attente")
    Liste waiting(
            @RequestParam(required = false) String operateur,
            @RequestParam(required = false) String jours,
            @RequestParam(required = false) String apres,
            @RequestParam(required = false) String max) {
        Tranche<RoutesEnAttente.Route> page = routes.list(
                Parametres.texte(operateur),
                RoutesEnAttente.jours(jours),
                Parametres.apres(apres),
                Parametres.max(max, Dossiers.DEFAUT, Dossiers.MAX));
        return new Liste(page.lignes(), page.suivant());
    }

    /** The same, whole, as a file. */
    @GetMapping(path = "/routes-en-attente.csv", produces = "text/csv;charset=UTF-8")
    void campaign(
            @RequestParam(required = false) String operateur,
            @RequestParam(required = false) String jours,
            HttpServletResponse response)
            throws IOException {
        int since = RoutesEnAttente.jours(jours);
        response.setContentType("text/csv;charset=UTF-8");
        routes.write(Parametres.texte(operateur), since, response.getWriter());
    }
}
