package fr.interophub.acces;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Cycle;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.operateur.Contrat;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Moves a dossier along the state table of the page it was opened under, and keeps what the table's conditions will ask
 * later. The dossier is a fold of its messages by this one step (decision State-Follows-Journal).
 */
final class Suivi {

    private static final String PRESTATION = "ReferencePrestationPrise";

    /** References of the OI that every later flux repeats, and which a décision may therefore leave out. */
    static final Set<String> REPEATED = Set.of(PRESTATION, "ReferencePrise");

    private static final String HOTLINE = "HOTLINE";

    private final Catalogue catalogue;
    private final Map<Page, Map<String, Cycle>> cycles = new ConcurrentHashMap<>();

    /**
     * @throws IllegalStateException if a page names a condition that has no meaning here
     */
    Suivi(Catalogue catalogue) {
        this.catalogue = catalogue;
        for (Page page : catalogue.pages()) {
            if (page.protocole().equals(Commandes.PROTOCOLE)
                    && !ConditionsAcces.names().containsAll(page.conditions())) {
                throw new IllegalStateException(
                        "page %s : condition sans code parmi %s".formatted(page, page.conditions()));
            }
        }
    }

    /**
     * Makes one step, if the table admits it.
     *
     * @return the new state, or empty and the dossier has not moved
     */
    Optional<String> advance(
            Dossier dossier, Flux flux, Role emetteur, Issue issue, Ligne ligne, Lot lot, Instant now) {
        return advance(dossier, flux, emetteur, issue, ligne, lot, now, Contrat.DEFAUT);
    }

    /** The same, where the OC's contract may ask for more than the protocol (spec §8.3, point 5). */
    Optional<String> advance(
            Dossier dossier,
            Flux flux,
            Role emetteur,
            Issue issue,
            Ligne ligne,
            Lot lot,
            Instant now,
            Contrat contrat) {
        Page page = catalogue.page(dossier.protocole(), dossier.version());
        return find(dossier, flux, emetteur, issue, ligne, contrat)
                .flatMap(p -> p.exit(issue))
                .map(exit -> {
                    String etat =
                            exit.equals(Passage.PRECEDENT) ? dossier.faits().get(Faits.AVANT) : exit;
                    refer(page, dossier, emetteur, ligne, lot);
                    Faits.note(page, dossier, flux, issue, ligne, now);
                    if (!etat.equals(dossier.etat())) {
                        dossier.faits().put(Faits.AVANT, dossier.etat());
                    }
                    dossier.tell(Message.said(flux.code(), issue), etat, now);
                    return etat;
                });
    }

    /** The line of the table that admits this now. */
    Optional<Passage> find(Dossier dossier, Flux flux, Role emetteur, Issue issue, Ligne ligne, Contrat contrat) {
        return cycle(catalogue.page(dossier.protocole(), dossier.version()), dossier.objet())
                .find(
                        dossier.etat(),
                        flux.code(),
                        issue,
                        condition -> ConditionsAcces.holds(condition, dossier, ligne, emetteur, contrat));
    }

    /** True when nothing is owed any more on this dossier, by the page that it was opened under. */
    boolean terminal(Dossier dossier) {
        return catalogue.page(dossier.protocole(), dossier.version()).terminal(dossier.objet(), dossier.etat());
    }

    /**
     * A contractual delay is over (spec §5.11): the one step that nobody says.
     *
     * @return the new state, or empty and the dossier has not moved
     */
    Optional<String> lapse(Dossier dossier, Instant now) {
        Optional<String> exit = findLapse(dossier).flatMap(passage -> passage.exit(null));
        exit.ifPresent(etat -> dossier.tell(Passage.DELAI, etat, now));
        return exit;
    }

    /** The passage by which a delay that is over moves a dossier, if any. */
    Optional<Passage> findLapse(Dossier dossier) {
        return cycle(catalogue.page(dossier.protocole(), dossier.version()), dossier.objet())
                .find(
                        dossier.etat(),
                        Passage.DELAI,
                        null,
                        condition -> ConditionsAcces.holds(condition, dossier, null, Role.OI, Contrat.DEFAUT));
    }

    private Cycle cycle(Page page, String objet) {
        return cycles.computeIfAbsent(page, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(objet, any -> new Cycle(page.cycle(objet)));
    }

    /**
     * Every reference that the message gives finds the dossier from now on; what an OC quotes never replaces what is
     * known already, nor stands for a prestation that the OI has not given, but it gives every request about an
     * appointment a reference of its own (spec §3.18).
     */
    private static void refer(Page page, Dossier dossier, Role emetteur, Ligne ligne, Lot lot) {
        for (String champ : page.references()) {
            if (ligne.feuille().indexOf(champ) >= 0) {
                String valeur = ligne.get(champ);
                boolean quoted = emetteur == Role.OC
                        && (champ.equals(PRESTATION) || dossier.references().containsKey(champ))
                        && !champ.equals(RendezVous.DEMANDE);
                if (!valeur.isEmpty() && !valeur.equals(HOTLINE) && !quoted) {
                    lot.refer(dossier, champ, valeur);
                }
            }
        }
    }
}
