package fr.interophub.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import fr.interophub.Empreinte;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Faute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The sheets of operators that a site keeps as files: {@code OCXA.yaml}, with the keys of the REST sheet. A file is written
 * into the directory when its bytes are new; what REST writes afterwards holds until the file changes again, over restarts
 * too: the last word wins. A faulty file is told to the desk with every fault and its line, and the former sheet goes on. A
 * file that goes away changes nothing.
 */
public final class FichesEnDossier {

    private static final Logger LOG = LoggerFactory.getLogger(FichesEnDossier.class);
    private static final String SUFFIXE = ".yaml";
    private static final String ALERTE = "FICHE_FAUTIVE";
    private static final int TAILLE_MAX = 1 << 20;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path dossier;
    private final Fiches fiches;
    private final Problemes problemes;
    private final Alertes alertes;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    /** The fingerprint of each file at the last look; null before the first. */
    private Map<Path, String> vues;

    /** The fingerprint of each file at its last judgement. */
    private final Map<Path, String> jugees = new HashMap<>();

    FichesEnDossier(
            Path dossier,
            Fiches fiches,
            Problemes problemes,
            Alertes alertes,
            JdbcTemplate jdbc,
            Transactions transactions) {
        this.dossier = dossier;
        this.fiches = fiches;
        this.problemes = problemes;
        this.alertes = alertes;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Looks for files that have changed; one that is being written is judged once two looks have seen the same bytes. */
    public synchronized void look() throws IOException {
        Map<Path, String> seen = new HashMap<>();
        for (Path file : files()) {
            byte[] bytes = read(file);
            String empreinte = Empreinte.of(bytes);
            seen.put(file, empreinte);
            boolean still = vues == null || empreinte.equals(vues.get(file));
            if (still && !empreinte.equals(jugees.get(file))) {
                judge(file, bytes, empreinte);
                jugees.put(file, empreinte);
            }
        }
        for (Path gone : Set.copyOf(jugees.keySet())) {
            if (!seen.containsKey(gone)) {
                jugees.remove(gone);
                alertes.close(ALERTE, nom(gone));
            }
        }
        vues = seen;
    }

    /** The files of the folder; links are not followed. */
    private List<Path> files() throws IOException {
        if (!Files.isDirectory(dossier)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dossier)) {
            return files.filter(file -> nom(file).endsWith(SUFFIXE)
                            && !nom(file).startsWith(".")
                            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private static String nom(Path file) {
        return file.getFileName().toString();
    }

    /** Nothing, when it is too large for a sheet or cannot be read. */
    private static byte[] read(Path file) {
        try {
            return Files.size(file) > TAILLE_MAX ? new byte[0] : Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private void judge(Path file, byte[] bytes, String empreinte) throws IOException {
        String nom = nom(file);
        try {
            if (!empreinte.equals(written(nom))) {
                write(nom, YAML.readTree(bytes), empreinte);
            }
            alertes.close(ALERTE, nom);
        } catch (JsonProcessingException e) {
            refuse(
                    nom,
                    "ligne %d : ce n'est pas du YAML, %s"
                            .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()));
        } catch (Probleme e) {
            Map<String, Integer> lines = lines(bytes);
            refuse(nom, e.fautes().stream().map(faute -> tell(faute, lines)).collect(Collectors.joining(" ; ")));
        }
    }

    private String written(String nom) {
        return jdbc.queryForList("select sha256 from fiche_en_fichier where fichier = ?", String.class, nom).stream()
                .findFirst()
                .orElse(null);
    }

    private void write(String nom, JsonNode sheet, String empreinte) {
        transactions.run(() -> {
            if (jdbc.update("update fiche_en_fichier set sha256 = ? where fichier = ?", empreinte, nom) == 0) {
                jdbc.update("insert into fiche_en_fichier (fichier, sha256) values (?, ?)", nom, empreinte);
            }
            fiches.write(nom.substring(0, nom.length() - SUFFIXE.length()), sheet, "fichier " + nom);
        });
        LOG.info("Fiche {} appliquée", nom);
    }

    private void refuse(String nom, String fautes) {
        String told = "Fiche %s refusée, la fiche précédente continue : %s".formatted(nom, fautes);
        LOG.warn(told);
        alertes.raise(ALERTE, nom, null, told);
    }

    private String tell(Faute faute, Map<String, Integer> lines) {
        String where = faute.pointeur();
        while (!lines.containsKey(where) && !where.isEmpty()) {
            where = where.substring(0, where.lastIndexOf('/'));
        }
        return Stream.of("ligne " + lines.getOrDefault(where, 1), faute.champ(), problemes.detail(faute, Locale.FRENCH))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" : "));
    }

    /** The line on which each value begins, by JSON pointer. */
    private static Map<String, Integer> lines(byte[] bytes) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = YAML.createParser(bytes)) {
            while (parser.nextToken() != null) {
                lines.putIfAbsent(
                        parser.getParsingContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        }
        return lines;
    }
}
