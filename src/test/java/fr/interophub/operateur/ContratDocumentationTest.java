package fr.interophub.operateur;

import static fr.interophub.PagesEcrites.row;

import fr.interophub.PagesEcrites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("La page des valeurs de contrat, tirée de la fiche elle-même")
class ContratDocumentationTest {

    private static final String INTRO = """
            # La fiche d'un opérateur

            <!-- Page écrite par ContratDocumentationTest à partir des fiches : ne pas la corriger ici. -->

            Une fiche par opérateur dit qui il est, par quelles portes il entre, et ce qui a été convenu avec lui. Elle s'écrit de
            deux façons, avec les mêmes clés :

            - par REST, `PUT /api/v1/operateurs/{code}` avec la clé de l'OI, en JSON ;
            - par un fichier `{code}.yaml` du dossier `hub.fiches.dossier` (`{hub.data}/operateurs`), en YAML.

            Une fiche ajoutée ou changée vit sans redémarrage : compte SFTP, dossiers, routes, règles. Une fiche remplace la
            précédente en entier : ce qui n'est pas écrit prend sa valeur par défaut, sauf les secrets et le compte `sftp`, qui restent ;
            `null` les retire. Une fiche fautive est refusée en entier, toutes ses fautes dites à la fois, et la précédente continue.

            **La dernière écriture l'emporte.** Un fichier est appliqué quand ses octets sont nouveaux, au démarrage comme en marche ;
            un PUT qui vient ensuite vaut jusqu'à ce que le fichier change encore, même après un redémarrage. Retirer un fichier ne change
            rien : l'opérateur garde sa fiche (`actif: false` ferme ses portes). Une faute de fichier se lit dans l'alerte FICHE_FAUTIVE,
            avec sa ligne ; l'alerte se ferme quand le fichier est corrigé ou retiré. Un fichier en cours d'écriture est attendu : il est
            jugé quand deux regards, à deux secondes l'un de l'autre, ont vu les mêmes octets. À plusieurs nœuds, le dossier est partagé,
            ou n'est tenu que sur un nœud.

            Un secret écrit dans un fichier y reste en clair : mieux vaut le donner par REST et le laisser hors du fichier.
            """;

    @Test
    void thePageIsWhatTheRecordsSay() throws IOException {
        StringBuilder out = new StringBuilder(INTRO);
        for (Theme theme : Theme.list()) {
            out.append("\n## ")
                    .append(theme.nom().isEmpty() ? "La fiche" : "`" + theme.nom() + "`")
                    .append("\n\n");
            out.append(theme.sens()).append(theme.sens().isEmpty() ? "" : "\n\n");
            out.append("| Clé | Sens | Forme | Par défaut |\n| --- | --- | --- | --- |\n");
            theme.rubriques()
                    .forEach(value -> row(out, code(value.nom()), value.sens(), value.forme(), code(value.defaut())));
        }
        out.append("\n## Exemple\n\n`samples/operateurs/EXEM.yaml` :\n\n```yaml\n")
                .append(Files.readString(Path.of("samples/operateurs/EXEM.yaml")))
                .append("```\n");
        PagesEcrites.hold(Map.of(Path.of("docs/contrat.md"), out.toString()));
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
