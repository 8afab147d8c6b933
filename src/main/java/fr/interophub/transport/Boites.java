package fr.interophub.transport;

import fr.interophub.echange.Alertes;
import fr.interophub.echange.Emission.Depart;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The folders by which operators are met, and the addresses that routes carry to. */
public final class Boites {

    private final Annuaire annuaire;
    private final Alertes alertes;
    private final Clock clock;
    private final Path data;
    private final Duration oublie;

    /**
     * @param data the data folder
     * @param oublie how old the oldest file of a {@code sortant/} may grow before the desk is told
     */
    Boites(Annuaire annuaire, Alertes alertes, Clock clock, Path data, Duration oublie) {
        this.annuaire = annuaire;
        this.alertes = alertes;
        this.clock = clock;
        this.data = data;
        this.oublie = oublie;
    }

    /** The door by which an operator's folders are met; one that is written to by mail may drop all the same. */
    String canal(Operateur operateur) {
        return "DOSSIER".equals(operateur.contrat().canal()) ? "DOSSIER" : "SFTP";
    }

    /** Where an operator drops. */
    Path entrant(Operateur operateur) {
        return "DOSSIER".equals(canal(operateur))
                ? Path.of(operateur.contrat().dossierEntrant())
                : data.resolve("sftp").resolve(operateur.code()).resolve("entrant");
    }

    /** Where we drop for an operator. */
    Path sortant(Operateur operateur) {
        return "DOSSIER".equals(canal(operateur))
                ? Path.of(operateur.contrat().dossierSortant())
                : data.resolve("sftp").resolve(operateur.code()).resolve("sortant");
    }

    /** The address from which an operator's drops are taken. */
    String releve(Operateur operateur, String delay) {
        return "file:" + entrant(operateur).toAbsolutePath()
                + "?filter=#fichierStable&delete=true&readLock=none&idempotent=false&recursive=false&sortBy=file:modified"
                + "&probeContentType=false&delay=" + delay;
    }

    /** Puts on the message the address and the name under which a file leaves. */
    public void address(@Body Depart depart, Exchange exchange) throws IOException {
        Operateur operateur = annuaire.find(depart.fichier().operateur()).orElseThrow();
        Path folder = sortant(operateur);
        Files.createDirectories(folder);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.FILE_NAME, depart.fichier().fichier());
        message.setHeader(
                "boite", "file:" + folder.toAbsolutePath() + "?fileExist=Override&tempFileName=${file:name}.tmp");
    }

    /** Tells the desk of every operator that never empties its {@code sortant/}. */
    public void watch() {
        for (Operateur operateur : annuaire.list()) {
            Optional<Instant> oldest = oldest(sortant(operateur));
            if (oldest.isPresent() && oldest.get().plus(oublie).isBefore(clock.instant())) {
                alertes.raise(
                        "SORTANT_NON_RELEVE",
                        operateur.code(),
                        operateur.code(),
                        "%s ne vide pas son dossier sortant : le plus ancien fichier y est depuis le %s"
                                .formatted(
                                        operateur.code(),
                                        oldest.get().atZone(clock.getZone()).toLocalDate()));
            } else {
                alertes.close("SORTANT_NON_RELEVE", operateur.code());
            }
        }
    }

    private static Optional<Instant> oldest(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> Instant.ofEpochMilli(file.toFile().lastModified()))
                    .min(Instant::compareTo);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Folders of every active operator, made if absent. */
    void prepare(Operateur operateur) throws IOException {
        for (Path folder :
                Map.of("in", entrant(operateur), "out", sortant(operateur)).values()) {
            Files.createDirectories(folder);
        }
    }
}
