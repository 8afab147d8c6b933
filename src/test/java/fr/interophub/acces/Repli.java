package fr.interophub.acces;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.echange.Sens;
import fr.interophub.operateur.Contrat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The fold of a dossier's messages over the page (decision State-Follows-Journal). */
final class Repli {

    private static final Suivi SUIVI = new Suivi(Salle.CATALOGUE);

    private Repli() {}

    /**
     * One step of a dossier.
     *
     * @param passage the line of the table that admitted it
     */
    record Pas(Passage passage, Issue issue) {}

    /**
     * Telling the messages of a dossier again, from nothing, gives its state and all that is remembered of it.
     *
     * @return the steps it made
     */
    static List<Pas> assertFollowsJournal(Dossier told, Collection<Message> journal, Contrat contrat) {
        Dossier again = Dossier.open(
                told.objet(),
                told.protocole(),
                told.version(),
                told.operateur(),
                told.cle(),
                told.empreinte(),
                Passage.NEANT,
                told.creeLe());
        List<Pas> walked = new ArrayList<>();
        journal.stream()
                .filter(message -> told.id().equals(message.dossierId()) && message.nature() == null)
                .sorted(Comparator.comparingInt(Message::rang))
                .forEach(message -> {
                    if (message.flux().equals(Passage.DELAI)) {
                        SUIVI.findLapse(again).ifPresent(passage -> walked.add(new Pas(passage, null)));
                        SUIVI.lapse(again, message.date());
                        return;
                    }
                    Flux flux = Salle.PAGE.flux(message.flux());
                    Ligne ligne = Salle.PAGE.feuille(flux.code()).ligne(0, Json.read(message.champs()));
                    Role role = message.sens() == Sens.ENTRANT ? Role.OC : Role.OI;
                    SUIVI.find(again, flux, role, message.issue(), ligne, contrat)
                            .ifPresent(passage -> walked.add(new Pas(passage, message.issue())));
                    SUIVI.advance(again, flux, role, message.issue(), ligne, new Lot("rest"), message.date(), contrat);
                });
        assertThat(again.vieEnUneLigne()).isEqualTo(told.vieEnUneLigne());
        assertThat(again.faits()).isEqualTo(told.faits());
        assertThat(again.references()).isEqualTo(told.references());
        return walked;
    }
}
