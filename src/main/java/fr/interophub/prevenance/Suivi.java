package fr.interophub.prevenance;

import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.cycle.Cycle;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Message;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Moves a dossier along the state table of its page; no condition stands on it (decision State-Follows-Journal). */
final class Suivi {

    private final Page page;
    private final Map<String, Cycle> cycles;

    Suivi(Page page) {
        this.page = page;
        this.cycles = Prevenances.OBJETS.stream()
                .collect(Collectors.toMap(Function.identity(), objet -> new Cycle(page.cycle(objet))));
    }

    /** Opens a dossier; nothing has been said yet. */
    Dossier open(String objet, String operateur, String cle, Instant now) {
        return Dossier.open(objet, page.protocole(), page.version(), operateur, cle, null, Passage.NEANT, now);
    }

    /** Makes one step, if the table admits it; else the dossier has not moved. */
    Optional<String> advance(Dossier dossier, Ligne ligne, Instant now) {
        String flux = ligne.feuille().flux().code();
        Optional<String> etat =
                cycles.get(dossier.objet()).advance(dossier.etat(), flux, ligne.issue(), condition -> false);
        etat.ifPresent(next -> {
            if (next.equals(dossier.etat())) {
                // One more address of the same announcement: the life in one line says it once.
                dossier.aside(now);
            } else {
                dossier.tell(Message.said(flux, ligne.issue()), next, now);
            }
        });
        return etat;
    }
}
