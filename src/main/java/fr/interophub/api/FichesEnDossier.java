package fr.interophub.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.DossierSurveille;
import fr.interophub.Empreinte;
import fr.interophub.LignesYaml;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Faute;
import java.nio.file.Path;
import java.util.Locale;
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

    private final DossierSurveille dossier;
    private final Fiches fiches;
    private final Problemes problemes;
    private final Alertes alertes;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    FichesEnDossier(
            Path dossier,
            Fiches fiches,
            Problemes problemes,
            Alertes alertes,
            JdbcTemplate jdbc,
            Transactions transactions) {
        this.dossier = new DossierSurveille(dossier, SUFFIXE);
        this.fiches = fiches;
        this.problemes = problemes;
        this.alertes = alertes;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Looks for files that have changed; one that is being written is judged once two looks have seen the same bytes. */
    public synchronized void look() {
        dossier.look(new DossierSurveille.Suites() {
            @Override
            public void changed(String nom, byte[] octets) {
                judge(nom, octets);
            }

            @Override
            public void gone(String nom) {
                alertes.close(ALERTE, nom);
            }
        });
    }

    private void judge(String nom, byte[] bytes) {
        String empreinte = Empreinte.of(bytes);
        try {
            if (!empreinte.equals(written(nom))) {
                write(nom, LignesYaml.tree(bytes), empreinte);
            }
            alertes.close(ALERTE, nom);
        } catch (JsonProcessingException e) {
            refuse(
                    nom,
                    "ligne %d : ce n'est pas du YAML, %s"
                            .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()));
        } catch (Probleme e) {
            LignesYaml lines = LignesYaml.of(bytes);
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

    private String tell(Faute faute, LignesYaml lines) {
        return Stream.of("ligne " + lines.line(faute.pointeur()), faute.champ(), problemes.detail(faute, Locale.FRENCH))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" : "));
    }
}
