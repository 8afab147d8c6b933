package fr.interophub.acces;

import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.operateur.Contrat;
import fr.interophub.rdv.PlanDeCharge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Appointments while one lot is written: what is said of an order moves the appointment that it carries, what is said of an
 * appointment moves the order that carries it (spec §5.4 TO7 and TO10, §5.11), and slots and deadlines follow the state.
 */
final class Carnet {

    private final PlanDeCharge plan;
    private final Suivi suivi;
    private final Contrat.Rdv contrat;
    private final Lot lot;
    private final Instant now;

    Carnet(PlanDeCharge plan, Suivi suivi, Contrat contrat, Lot lot, Instant now) {
        this.plan = plan;
        this.suivi = suivi;
        this.contrat = contrat.rdv();
        this.lot = lot;
        this.now = now;
    }

    /** Makes one step in each of these dossiers whose table admits it; those that have moved, in the same order. */
    List<Dossier> advance(List<Dossier> dossiers, Ligne ligne, Role emetteur) {
        List<Dossier> moved = new ArrayList<>();
        for (Dossier dossier : dossiers) {
            if (suivi.advance(dossier, ligne.feuille().flux(), emetteur, ligne.issue(), ligne, lot, now)
                    .isPresent()) {
                moved.add(dossier);
                settle(dossier, ligne);
            }
        }
        return moved;
    }

    /** What was said of the first of these dossiers was said of the others too. */
    void write(Message said, List<Dossier> moved) {
        lot.change(moved.get(0));
        moved.stream().skip(1).forEach(other -> lot.also(said, other));
    }

    /** An appointment follows what was said of the order that carries it, if its table says so. */
    void follow(Optional<Dossier> rdv, Message said, Ligne ligne, Role emetteur) {
        advance(rdv.stream().toList(), ligne, emetteur).forEach(moved -> lot.also(said, moved));
    }

    /** The slot is given back with the end of an appointment; its deadline is that of its state. */
    private void settle(Dossier dossier, Ligne said) {
        if (!dossier.objet().equals(RendezVous.OBJET)) {
            return;
        }
        if (suivi.terminal(dossier)) {
            end(dossier);
        } else if (dossier.etat().equals("CONFIRME")) {
            boolean frozen = "GEL".equals(dossier.faits().get(Faits.GEL));
            plan.expect(
                    dossier.protocole(), dossier.id(), frozen ? date(dossier).orElse(null) : null);
        } else if (said.feuille().flux().code().equals(RendezVous.REPONSE) && said.issue() == Issue.OK) {
            plan.expect(dossier.protocole(), dossier.id(), deadline(dossier));
        }
    }

    /** The appointment is over: its slot and its deadline with it. */
    void end(Dossier rdv) {
        plan.release(rdv.id());
        plan.expect(rdv.protocole(), rdv.id(), null);
    }

    /** When a slot without order is freed: at the contract's delay, and not after the appointment itself. */
    private Instant deadline(Dossier rdv) {
        if (contrat.delaiCommande() == 0) {
            return null;
        }
        Instant delay = now.plus(Duration.ofHours(contrat.delaiCommande()));
        return date(rdv)
                .filter(date -> date.isAfter(now) && date.isBefore(delay))
                .orElse(delay);
    }

    /** The moment of an appointment, once a slot was accepted. */
    static Optional<Instant> date(Dossier rdv) {
        return Dates.parse(rdv.faits().getOrDefault(Faits.DATE_RDV, ""));
    }
}
