package fr.interophub.acces;

import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Motif;
import fr.interophub.catalogue.Page;
import fr.interophub.echange.Dossier;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What must be remembered of an order beside its state (spec §5.1, "Data kept with the state"): the names under which it
 * is kept, and how each message changes it. Nothing is kept that the messages do not say.
 */
final class Faits {

    /** TypeRacco of the order: OI, STOC or OC. */
    static final String MODELE = "modele";

    /** PTO case of the order. */
    static final String CAS = "cas";

    static final String A_CONSTRUIRE = "a-construire";
    static final String IDENTIFIEE = "identifiee";
    static final String NON_IDENTIFIEE = "non-identifiee";

    /** The state before the present one. */
    static final String AVANT = "avant";

    /** ReferenceCommandeSousTraitantOI of the Cmd_STOC that waits for its CR_STOC; absent when none does. */
    static final String STOC_OUVERT = "stocOuvert";

    /** What the last CR_STOC leaves to do: {@code oui} when a PTO is still to be installed, else {@code non}. */
    static final String PTO_A_POSER = "ptoAPoser";

    /** An Annulation_Acces waits for its CR (decision D1 of spec §5.12). */
    static final String ANNULATION = "annulation";

    /** When the first CR_MAD OK was said (pivot of spec §5.9), an instant. */
    static final String PREMIERE_MAD = "premiereMad";

    /** When the CR_Cmd_Acces was said, an instant. */
    static final String CR = "cr";

    private static final String PTO_EXISTANTE = "FIMP18";

    private Faits() {}

    /** Notes what a message brings; called once the table has admitted it, before the state changes. */
    static void note(Page page, Dossier dossier, Flux flux, Issue issue, Ligne ligne, Instant now) {
        Map<String, String> faits = dossier.faits();
        switch (flux.code()) {
            case "Cmd_Acces" -> {
                faits.put(MODELE, ligne.get("TypeRacco"));
                faits.put(CAS, cas(ligne));
            }
            case "CR_Cmd_Acces" -> faits.put(CR, now.toString());
            case "Cmd_STOC" -> faits.put(STOC_OUVERT, ligne.get("ReferenceCommandeSousTraitantOI"));
            case "CR_STOC" -> {
                faits.remove(STOC_OUVERT);
                faits.put(PTO_A_POSER, stillToInstall(page, issue, ligne) ? "oui" : "non");
            }
            case "CR_MAD_LigneFTTH" -> {
                if (issue == Issue.OK) {
                    faits.putIfAbsent(PREMIERE_MAD, now.toString());
                }
            }
            case "Annulation_Acces" -> faits.put(ANNULATION, "en cours");
            case "CR_Annulation_Acces" -> faits.remove(ANNULATION);
            default -> {
                // Nothing that a later passage asks.
            }
        }
    }

    private static String cas(Ligne commande) {
        if (!commande.get("PriseExistante").equals("O")) {
            return A_CONSTRUIRE;
        }
        return commande.get("ReferencePrise").isEmpty() ? NON_IDENTIFIEE : IDENTIFIEE;
    }

    /** CR_STOC KO, PrisePosee=NON, and the reason is not that a PTO was there already (spec §5.5, TS10 and TS11). */
    private static boolean stillToInstall(Page page, Issue issue, Ligne crStoc) {
        List<Motif> motifs = page.readMotifs(crStoc.get("MotifKoCrRaccordementPrise"));
        return issue == Issue.KO
                && crStoc.get("PrisePosee").equals("NON")
                && motifs.stream().noneMatch(motif -> motif.code().equals(PTO_EXISTANTE));
    }

    /**
     * Is an annulation a résiliation by now? In models OI and STOC from the first CR_MAD OK on, in model OC from the CR on;
     * its very day counts as after (spec §5.9), and it can only have been said before.
     */
    static boolean pivotReached(Dossier dossier) {
        return dossier.faits().containsKey("OC".equals(dossier.faits().get(MODELE)) ? CR : PREMIERE_MAD);
    }

    /** Does a PTO remain to be installed, as far as has been said? */
    static boolean ptoAPoser(Dossier dossier) {
        String said = dossier.faits().get(PTO_A_POSER);
        return said == null ? A_CONSTRUIRE.equals(dossier.faits().get(CAS)) : said.equals("oui");
    }
}
