package fr.interophub.sav;

import fr.interophub.echange.Dossier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The conditions that the SAV state tables name in their {@code si} column; their meaning is on the page. */
final class ConditionsSav {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /**
     * What a condition looks at.
     *
     * @param requalification days
     */
    record Vue(Dossier ticket, Dit dit, int requalification, Instant now) {
        private String fait(String nom) {
            return ticket.faits().getOrDefault(nom, "");
        }
    }

    private static final Map<String, Predicate<Vue>> ALL = new HashMap<>();

    static {
        ALL.put(
                "hors-rdv",
                vue -> !Set.of("DEMANDE RDV", "REPONSE RDV", "PROPOSITION DE RDV")
                        .contains(vue.dit.get(Champs.TYPE_MESSAGE)));
        said("demande-rdv", Champs.TYPE_MESSAGE, "DEMANDE RDV");
        said("reponse-rdv", Champs.TYPE_MESSAGE, "REPONSE RDV");
        said("proposition-rdv", Champs.TYPE_MESSAGE, "PROPOSITION DE RDV");
        ALL.put("information", vue -> Set.of("DEMANDE", "REPONSE", "INFO").contains(vue.dit.get(Champs.TYPE_MESSAGE)));
        said("sans-resolution", Champs.RESOLUTION, "");
        said("dit-a-definir", Champs.RESOLUTION, "ACTION A DEFINIR");
        said("dit-prevue", Champs.RESOLUTION, "ACTION PREVUE");
        said("dit-planifiee", Champs.RESOLUTION, "ACTION PLANIFIEE");
        said("dit-nouvelle", Champs.RESOLUTION, "NOUVELLE ACTION A PREVOIR");
        said("dit-terminee", Champs.RESOLUTION, "ACTION TERMINEE");
        said("dit-annulee", Champs.RESOLUTION, "ACTION ANNULEE");
        said("sans-proposition", Champs.MODE, "");
        ALL.put("propose-auto", vue -> vue.dit.proposeAuto());
        ALL.put("propose-manuel", vue -> vue.dit.proposeManuel());
        ALL.put("sans-rdv", vue -> vue.fait(Faits.MODE).isEmpty());
        ALL.put("rdv-auto", vue -> vue.fait(Faits.MODE).equals(Champs.AUTO));
        ALL.put("rdv-manuel", vue -> vue.fait(Faits.MODE).startsWith("MANUEL"));
        ALL.put("rdv-demande", vue -> !vue.fait(Faits.DEMANDE).isEmpty());
        ALL.put("propositions-en-attente", vue -> !vue.fait(Faits.PROPOSITIONS).isEmpty());
        ALL.put("requalification-ouverte", ConditionsSav::requalifiable);
    }

    /** How the appointments of a ticket are made; it is one of these at a time. */
    static final Set<String> MODES = Set.of("sans-rdv", "rdv-auto", "rdv-manuel");

    private ConditionsSav() {}

    private static void said(String name, String champ, String value) {
        ALL.put(name, vue -> vue.dit.get(champ).equals(value));
    }

    private static boolean requalifiable(Vue vue) {
        LocalDate closed = Instant.parse(vue.fait(Faits.CLOS)).atZone(PARIS).toLocalDate();
        return !vue.now.atZone(PARIS).toLocalDate().isAfter(closed.plusDays(vue.requalification));
    }

    /** Does it ask the ticket only, and not what is said of it? */
    static boolean ofTheTicket(String name) {
        return MODES.contains(name)
                || Set.of("rdv-demande", "propositions-en-attente", "requalification-ouverte")
                        .contains(name);
    }

    /** The names that have a meaning here; the page may use no other. */
    static Set<String> names() {
        return ALL.keySet();
    }

    static boolean holds(String name, Vue vue) {
        return ALL.get(name).test(vue);
    }
}
