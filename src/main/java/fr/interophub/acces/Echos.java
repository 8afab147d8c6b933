package fr.interophub.acces;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Ligne;
import fr.interophub.echange.Dossier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a CR_STOC repeats of what it was told: the order that it answers (spec §3.5) and the décharge number of the hotline
 * (spec §5.8). A difference never refuses it (spec §8.3, point 13); it is told.
 */
final class Echos {

    private static final String REGLE = "ECHO_DIFFERENT";

    private Echos() {}

    /** What differs, asked before the line takes effect. */
    static List<Anomalie> check(Dossier dossier, Ligne ligne) {
        List<Anomalie> found = new ArrayList<>();
        if (ligne.feuille().flux().code().equals("CR_STOC")) {
            stoc(dossier, ligne).ifPresent(found::add);
            decharge(dossier, ligne).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Anomalie> stoc(Dossier dossier, Ligne ligne) {
        String champ = "ReferenceCommandeSousTraitantOI";
        String open = dossier.faits().get(Faits.STOC_OUVERT);
        String said = ligne.get(champ);
        return open == null || said.isEmpty() || said.equalsIgnoreCase(open)
                ? Optional.empty()
                : different(champ, said, "la Cmd_STOC en attente est %s, lu « %s »".formatted(open, said));
    }

    private static Optional<Anomalie> decharge(Dossier dossier, Ligne ligne) {
        String champ = "NumeroDecharge";
        String said = ligne.get(champ);
        if (said.isEmpty()) {
            return dossier.faits().containsKey(Faits.DECHARGE_ATTENDUE)
                    ? different(champ, said, "un numéro de décharge a été donné par la hotline, il n'est pas répété")
                    : Optional.empty();
        }
        return Faits.dechargeDonnee(dossier, said)
                ? Optional.empty()
                : different(
                        champ, said, "numéro de décharge « %s » : ce n'est pas celui de la hotline".formatted(said));
    }

    private static Optional<Anomalie> different(String champ, String valeur, String detail) {
        return Optional.of(new Anomalie(champ, valeur, REGLE, Optional.empty(), detail));
    }
}
