package fr.interophub.sav;

import fr.interophub.catalogue.ChampDAction.Obligation;
import fr.interophub.catalogue.ChampDAction.Regle;
import fr.interophub.catalogue.Grille;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the parties of a case say when the case does not say otherwise: the least that the protocol asks of an action. */
public final class Paroles {

    private static final String AUTO = "auto";
    private static final String MANUEL = "manuel";
    private static final String ACCES = "acces";

    private final Grille grille =
            SavDEssai.CATALOGUE.page("sav", "2.1").grille().orElseThrow();
    private int creations;

    /**
     * The fields of an action.
     *
     * @param key the ticket it is about; null for none
     * @param etat its state
     */
    public Map<String, String> champs(
            Cas.Parole parole, String siren, String oi, String key, String etat, Map<String, String> names) {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put("serviceProviderID", siren);
        champs.put("supplierID", oi);
        String action = grille.canonique("description", parole.action());
        Map<String, String> voulus = new LinkedHashMap<>(parole.voulus());
        if (key != null && !action.equals("CASE CREATE REQUEST")) {
            champs.put("troubleTicketKey", key);
        }
        switch (action) {
            case "CASE CREATE REQUEST" -> creation(champs, voulus);
            case "CASE CANCELATION REQUEST" -> {
                champs.put("messageType", "COMMENTAIRE DDE ANNUL");
                champs.put("messageContent", "le client ne veut plus");
            }
            case "CASE SOLVING NOTIFICATION" -> {
                champs.put("supplierUnit", "Guichet SAV");
                champs.put("supplierPlannedActionDate", "2026-11-23T12:00:00+01:00");
            }
            case "SU CASE INFORMATION NOTIFICATION" -> information(champs, voulus);
            case "CASE SOLVED NOTIFICATION" -> {
                champs.put("serviceRestoredTime", "2026-11-21T16:20:00+01:00");
                champs.put("troubleTicketClosureCode", "RET01");
                champs.put("defectLocalization", "PBO");
                champs.put("defectResponsability", "OI");
                closure(champs, voulus);
            }
            default -> {}
        }
        appointment(champs, voulus);
        voulus.forEach((champ, valeur) -> champs.put(champ, names.getOrDefault(valeur, valeur)));
        if (!champs.containsKey("troubleTicketState")) {
            state(action, champs, etat).ifPresent(valeur -> champs.put("troubleTicketState", valeur));
        }
        champs.values().removeIf(String::isEmpty);
        return champs;
    }

    private void creation(Map<String, String> champs, Map<String, String> voulus) {
        String acces = voulus.getOrDefault(ACCES, "A1");
        voulus.remove(ACCES);
        champs.put("troubleTicketType", "1");
        champs.put("commercialId", acces);
        champs.put("technicalId", "PTO-" + acces);
        champs.put("serviceProviderTroubleTicketKey", "SIG-%04d".formatted(++creations));
        champs.put("defectClassId", "1");
        champs.put("defectDescription", "PAS DE SIGNAL");
        champs.put("defectPrelocalization", "PTO");
    }

    private static void information(Map<String, String> champs, Map<String, String> voulus) {
        String type = voulus.getOrDefault("messageType", "AVANCEMENT INTERVENTION");
        champs.put("messageType", type);
        switch (type) {
            case "AVANCEMENT INTERVENTION" -> {
                champs.put("supplierPlannedActionDate", "2026-11-24T08:00:00+01:00");
                champs.put("supplierResolutionAction", "INTERVENTION SANS RDV");
            }
            case "DEMANDE", "REPONSE", "INFO" -> champs.put("messageContent", "à voir avec le client");
            default -> {}
        }
    }

    /** Only a restoration says where the fault was. */
    private void closure(Map<String, String> champs, Map<String, String> voulus) {
        grille.cloture(voulus.getOrDefault("troubleTicketClosureCode", "RET01")).ifPresent(cloture -> {
            if (cloture.localisation() != Obligation.OBLIGATOIRE) {
                champs.remove("defectLocalization");
            }
            if (!cloture.attendue().isEmpty()) {
                champs.put("defectResponsability", cloture.attendue().get(0));
            }
        });
    }

    /** {@code +auto=C1}, {@code +manuel="MANUEL (PLUS DE DISPO)"}: the fields of an appointment. */
    private static void appointment(Map<String, String> champs, Map<String, String> voulus) {
        String slot = voulus.remove(AUTO);
        String mode = voulus.remove(MANUEL);
        if (slot == null && mode == null) {
            return;
        }
        Map<String, String> said = new HashMap<>();
        said.put("customerLastName", "DUPONT");
        said.put("customerFirstName", "PAUL");
        said.put("contactPhoneNumber1", "0600000001");
        said.put("appointmentSuggestion1", "2026-11-24T08:00:00+01:00");
        if (slot != null) {
            said.put("appointmentMode", "AUTO");
            said.put("SUAppointmentManagementId", slot);
        } else {
            said.put("appointmentMode", mode);
            said.put("appointmentSuggestion2", "2026-11-25T10:00:00+01:00");
            said.put("appointmentSuggestion3", "2026-11-26T14:00:00+01:00");
            said.put("messageType", "PROPOSITION DE RDV");
        }
        said.forEach(champs::putIfAbsent);
    }

    private Optional<String> state(String action, Map<String, String> champs, String etat) {
        return grille.colonne(action, grille.canonique("messageType", champs.getOrDefault("messageType", "")))
                .flatMap(colonne -> grille.champ("troubleTicketState").map(champ -> champ.regle(colonne.nom())))
                .map(Regle::valeur)
                .map(valeur -> valeur.equals(Regle.COURANT) ? etat : valeur);
    }
}
