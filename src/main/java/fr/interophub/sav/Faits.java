package fr.interophub.sav;

import fr.interophub.catalogue.Passage;
import fr.interophub.echange.Dossier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is remembered of a ticket beside its state. */
final class Faits {

    /** supplierResolutionState; absent while the OI has not taken the ticket over. */
    static final String RESOLUTION = "resolution";

    /** The last appointment mode that was accepted; absent for a ticket without appointment. */
    static final String MODE = "mode";

    /** The slot that is held. */
    static final String CRENEAU = "creneau";

    /** The OI has asked for an appointment and retains none yet. */
    static final String DEMANDE = "rdv-demande";

    /** The dates that the OC proposes and the OI has not answered, separated by a space. */
    static final String PROPOSITIONS = "propositions";

    /** When it was closed first. */
    static final String CLOS = "clos-le";

    /** {@code OI} for a ticket that the OI opened itself (G11). */
    static final String ORIGINE = "ouvert-par";

    /** The ticket before it on the same access (G7). */
    static final String SUITE = "suite-de";

    private Faits() {}

    static String resolution(Dossier ticket) {
        return ticket.faits().getOrDefault(RESOLUTION, Passage.NEANT);
    }

    /** What must be remembered once this is said and the ticket goes there. */
    static void note(Dossier ticket, Dit dit, String etat, String resolution, Instant now) {
        Map<String, String> faits = ticket.faits();
        String before = resolution(ticket);
        if (dit.proposeAuto()) {
            faits.put(MODE, dit.get(Champs.MODE));
            faits.put(CRENEAU, dit.get(Champs.CRENEAU));
            faits.remove(DEMANDE);
            faits.remove(PROPOSITIONS);
        } else if (dit.proposeManuel()) {
            faits.put(MODE, dit.get(Champs.MODE));
            List<String> dates = new ArrayList<>(Champs.SUGGESTIONS);
            dates.replaceAll(dit::get);
            faits.put(PROPOSITIONS, String.join(" ", dates));
        }
        if (dit.type("DEMANDE RDV")) {
            faits.put(DEMANDE, "oui");
        }
        boolean leftPrevue = before.equals("ACTION PREVUE") && !resolution.equals(before);
        if (dit.type("REPONSE RDV") && !dit.proposeManuel() || leftPrevue) {
            faits.remove(DEMANDE);
        }
        // An appointment asked for, or a date retained by hand, makes what was proposed or booked before void.
        boolean rdvVoid = dit.parLOi() && (dit.type("DEMANDE RDV") || dit.type("REPONSE RDV"));
        if (rdvVoid) {
            faits.remove(PROPOSITIONS);
        }
        if (rdvVoid || resolution.equals("ACTION ANNULEE")) {
            faits.remove(CRENEAU);
        }
        if (!resolution.equals(Passage.NEANT)) {
            faits.put(RESOLUTION, resolution);
        }
        if (etat.equals(Champs.CLOSED)) {
            faits.putIfAbsent(CLOS, now.toString());
        }
    }
}
