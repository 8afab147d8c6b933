package fr.interophub.api;

import fr.interophub.infra.Bilan;
import fr.interophub.infra.Chargements;
import fr.interophub.infra.Inventaire;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
    private final Path data;

    /**
     * @param data where a file waits while it is read: twice, so that its encoding is known
     */
    InfraApi(Chargements chargements, @Value("${hub.data}") Path data) {
        this.chargements = chargements;
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
}
