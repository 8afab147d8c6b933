package fr.interophub.acces;

import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Dossier;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The conditions that the Accès state tables name in their {@code si} column; their meaning is on the page. */
final class ConditionsAcces {

    /** A condition looks at what is remembered of the order, at the message, and at who says it. */
    private interface Condition {
        boolean holds(Dossier dossier, Ligne message, Role emetteur);
    }

    private static final Map<String, Condition> ALL = new HashMap<>();

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
        ALL.put("route-reelle", (dossier, message, emetteur) -> {
            String prise = message.get("ReferencePrise");
            return !prise.isEmpty() && !prise.equals("HOTLINE");
        });
        field("reprov-chaud", "TypeReprov", "CHAUD");
        field("reprov-froid", "TypeReprov", "FROID");
        field("operation-annul", "TypeOperation", "ANNUL");
        field("operation-resil", "TypeOperation", "RESIL");
        ALL.put("emis-par-OI", (dossier, message, emetteur) -> emetteur == Role.OI);
        ALL.put("emis-par-OC", (dossier, message, emetteur) -> emetteur == Role.OC);
        ALL.put("stoc-ouvert", (dossier, message, emetteur) -> dossier.faits().containsKey(Faits.STOC_OUVERT));
        ALL.put("pto-a-poser", (dossier, message, emetteur) -> Faits.ptoAPoser(dossier));
        ALL.put(
                "prestation-connue",
                (dossier, message, emetteur) -> dossier.references().containsKey("ReferencePrestationPrise"));
        // Asked of appointments, of gel, and of a contract's wish that no operator has voiced: never true here yet.
        for (String later : Set.of("cr-ko-avec-annulation", "modification-demandee", "gele")) {
            ALL.put(later, (dossier, message, emetteur) -> false);
        }
    }

    private ConditionsAcces() {}

    private static void fact(String name, String fait, String value) {
        ALL.put(
                name,
                (dossier, message, emetteur) -> value.equals(dossier.faits().get(fait)));
    }

    private static void field(String name, String champ, String value) {
        ALL.put(name, (dossier, message, emetteur) -> value.equalsIgnoreCase(message.get(champ)));
    }

    /** The names that have a meaning here; the page may use no other. */
    static Set<String> names() {
        return ALL.keySet();
    }

    static boolean holds(String name, Dossier dossier, Ligne message, Role emetteur) {
        return ALL.get(name).holds(dossier, message, emetteur);
    }
}
