package fr.interophub.acces;

import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Dossier;
import fr.interophub.operateur.Contrat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The conditions that the Accès state tables name in their {@code si} column; their meaning is on the page. */
final class ConditionsAcces {

    /** A condition looks at what is remembered of the order, at the message, at who says it, and at the OC's contract. */
    private interface Condition {
        boolean holds(Dossier dossier, Ligne message, Role emetteur, Contrat contrat);
    }

    private static final Map<String, Condition> ALL = new HashMap<>();

    /** Asked of the message itself, which nobody can answer before it is said. */
    private static final Set<String> OF_THE_MESSAGE = new HashSet<>(Set.of("route-reelle"));

    /** Decided by the order, once and for all. */
    private static final Set<String> OF_THE_ORDER =
            Set.of("modele-OI", "modele-STOC", "modele-OC", "a-construire", "identifiee", "non-identifiee");

    static {
        fact("modele-OI", Faits.MODELE, "OI");
        fact("modele-STOC", Faits.MODELE, "STOC");
        fact("modele-OC", Faits.MODELE, "OC");
        fact("a-construire", Faits.CAS, Faits.A_CONSTRUIRE);
        fact("identifiee", Faits.CAS, Faits.IDENTIFIEE);
        fact("non-identifiee", Faits.CAS, Faits.NON_IDENTIFIEE);
        fact("annulation-en-cours", Faits.ANNULATION, "en cours");
        fact("apres-echec-stoc", Faits.AVANT, "STOC_EN_ECHEC");
        field("route-hotline", "ReferencePrise", "HOTLINE");
        ALL.put("route-reelle", (dossier, message, emetteur, contrat) -> {
            String prise = message.get("ReferencePrise");
            return !prise.isEmpty() && !prise.equals("HOTLINE");
        });
        field("reprov-chaud", "TypeReprov", "CHAUD");
        field("reprov-froid", "TypeReprov", "FROID");
        field("operation-annul", "TypeOperation", "ANNUL");
        field("operation-resil", "TypeOperation", "RESIL");
        ALL.put("emis-par-OI", (dossier, message, emetteur, contrat) -> emetteur == Role.OI);
        ALL.put("emis-par-OC", (dossier, message, emetteur, contrat) -> emetteur == Role.OC);
        ALL.put(
                "stoc-ouvert",
                (dossier, message, emetteur, contrat) -> dossier.faits().containsKey(Faits.STOC_OUVERT));
        ALL.put("pto-a-poser", (dossier, message, emetteur, contrat) -> Faits.ptoAPoser(dossier));
        ALL.put(
                "prestation-connue",
                (dossier, message, emetteur, contrat) -> dossier.references().containsKey("ReferencePrestationPrise"));
        ALL.put(
                "cr-ko-avec-annulation",
                (dossier, message, emetteur, contrat) ->
                        contrat.crKoAvecAnnulation() && !dossier.faits().containsKey(Faits.CR));
        fact("gele", Faits.GEL, "GEL");
        ALL.put(
                "modification-demandee",
                (dossier, message, emetteur, contrat) -> dossier.faits().containsKey(Faits.MODIFICATION));
    }

    private ConditionsAcces() {}

    private static void fact(String name, String fait, String value) {
        ALL.put(
                name,
                (dossier, message, emetteur, contrat) ->
                        value.equals(dossier.faits().get(fait)));
    }

    private static void field(String name, String champ, String value) {
        OF_THE_MESSAGE.add(name);
        ALL.put(name, (dossier, message, emetteur, contrat) -> value.equalsIgnoreCase(message.get(champ)));
    }

    /** The names that have a meaning here; the page may use no other. */
    static Set<String> names() {
        return ALL.keySet();
    }

    static boolean ofTheMessage(String name) {
        return OF_THE_MESSAGE.contains(name);
    }

    static boolean ofTheOrder(String name) {
        return OF_THE_ORDER.contains(name);
    }

    /**
     * @param message null where none is asked for ({@link #ofTheMessage})
     */
    static boolean holds(String name, Dossier dossier, Ligne message, Role emetteur, Contrat contrat) {
        return ALL.get(name).holds(dossier, message, emetteur, contrat);
    }
}
