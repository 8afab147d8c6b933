package fr.interophub.acces;

import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Motif;
import fr.interophub.catalogue.Page;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Dossier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The moment that the first CR_MAD OK bears (pivot of spec §5.9), an instant. */
    static final String PREMIERE_MAD = "premiereMad";

    /** The moment that the CR_Cmd_Acces bears, an instant. */
    static final String CR = "cr";

    /** Every décharge number given for this order, one a line (decision D3 of spec §5.12). */
    static final String DECHARGES = "decharges";

    /** A décharge number was given while the Cmd_STOC was open: its CR_STOC repeats it; absent otherwise. */
    static final String DECHARGE_ATTENDUE = "dechargeAttendue";

    /** TypeGel of the last Gel_Degel: GEL or DEGEL. */
    static final String GEL = "gel";

    /** Where an appointment is: INSEE code, number, complement, Rivoli code and hexaclé, one a line. */
    static final String LIEU = "lieu";

    /** The slots asked for and not answered yet, one a line, as the OC wrote them. */
    static final String PROPOSES = "proposes";

    /** ReferenceDemandeOC of the Demande_Modif_RDV that waits for its ReponseRdv; absent when none does. */
    static final String MODIFICATION = "modification";

    /** The slot accepted last, as the OC wrote it. */
    static final String DATE_RDV = "dateRdv";

    /** How many times another slot was really booked (spec §3.18). */
    static final String REPORTS = "reports";

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
            case "CR_Cmd_Acces" -> faits.put(CR, said(ligne, "DateCrCommandePrise", now));
            case "Cmd_STOC" -> {
                faits.put(STOC_OUVERT, ligne.get("ReferenceCommandeSousTraitantOI"));
                faits.remove(DECHARGE_ATTENDUE);
            }
            case "CR_STOC" -> {
                faits.remove(STOC_OUVERT);
                faits.remove(DECHARGE_ATTENDUE);
                faits.put(PTO_A_POSER, stillToInstall(page, issue, ligne) ? "oui" : "non");
            }
            case "CR_MAD_LigneFTTH" -> {
                if (issue == Issue.OK) {
                    faits.putIfAbsent(PREMIERE_MAD, said(ligne, "DateCrMadLigneFtth", now));
                }
            }
            case "Notif_Reprov" -> noteDecharge(faits, ligne.get("NumeroDecharge"));
            case "Gel_Degel" -> faits.put(GEL, ligne.get("TypeGel"));
            case "DemandeRdv" -> {
                faits.put(LIEU, lieu(ligne));
                faits.put(PROPOSES, proposed(ligne));
            }
            case "Demande_Modif_RDV" -> {
                faits.put(MODIFICATION, ligne.get("ReferenceDemandeOC"));
                faits.put(PROPOSES, proposed(ligne));
            }
            case "ReponseRdv" -> noteAnswer(faits, ligne);
            case "Annulation_Acces" -> {
                if (dossier.objet().equals(Commandes.OBJET)) {
                    faits.put(ANNULATION, "en cours");
                }
            }
            case "CR_Annulation_Acces" -> faits.remove(ANNULATION);
            default -> {
                // Nothing that a later passage asks.
            }
        }
    }

    /** What designates an address (spec §3.1: INSEE with Rivoli and number, or the hexaclé). */
    static String lieu(Ligne ligne) {
        return Stream.of(
                        "CodeInseeImmeuble",
                        "NumeroVoieImmeuble",
                        "ComplementNumeroVoieImmeuble",
                        "CodeVoieRivoliImmeuble",
                        "CodeAdresseImmeuble")
                .map(ligne::get)
                .map(Cles::upper)
                .collect(Collectors.joining("\n"));
    }

    /** The INSEE code of a {@link #LIEU}. */
    static String insee(String lieu) {
        return lieu.split("\n", -1)[0];
    }

    /**
     * Is an order for the address of an appointment? A Rivoli code or a hexaclé that only one of them gives says nothing.
     */
    static boolean sameLieu(Dossier rdv, Ligne commande) {
        String[] there = rdv.faits().getOrDefault(LIEU, "").split("\n", -1);
        String[] here = lieu(commande).split("\n", -1);
        for (int i = 0; i < Math.min(there.length, here.length); i++) {
            boolean optional = i > 2 && (there[i].isEmpty() || here[i].isEmpty());
            if (!optional && !there[i].equals(here[i])) {
                return false;
            }
        }
        return true;
    }

    private static String proposed(Ligne ligne) {
        return RendezVous.CRENEAUX.stream().map(ligne::get).collect(Collectors.joining("\n"));
    }

    private static void noteAnswer(Map<String, String> faits, Ligne reponse) {
        boolean modification = faits.remove(MODIFICATION) != null;
        String[] proposes = faits.getOrDefault(PROPOSES, "").split("\n", -1);
        faits.remove(PROPOSES);
        if (reponse.issue() != Issue.OK) {
            return;
        }
        for (int slot = 1; slot <= proposes.length; slot++) {
            if (reponse.get("ValidDate" + slot).equals("OK") && !proposes[slot - 1].isEmpty()) {
                faits.put(DATE_RDV, proposes[slot - 1]);
            }
        }
        if (modification) {
            faits.merge(REPORTS, "1", (before, one) -> String.valueOf(Integer.parseInt(before) + 1));
        }
    }

    /** The PTO case that an order says. */
    static String cas(Ligne commande) {
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

    private static void noteDecharge(Map<String, String> faits, String numero) {
        if (!numero.isEmpty()) {
            faits.merge(DECHARGES, numero, (before, last) -> before + "\n" + last);
            if (faits.containsKey(STOC_OUVERT)) {
                faits.put(DECHARGE_ATTENDUE, "oui");
            }
        }
    }

    /** Was this décharge number given for this order? */
    static boolean dechargeDonnee(Dossier dossier, String numero) {
        return List.of(dossier.faits().getOrDefault(DECHARGES, "").split("\n")).contains(numero);
    }

    /** The moment that a message bears, or when it is said if it bears a later one or none. */
    private static String said(Ligne ligne, String champ, Instant now) {
        Instant date = Dates.parse(ligne.get(champ)).orElse(now);
        return (date.isBefore(now) ? date : now).toString();
    }

    /**
     * Is an annulation a résiliation? In models OI and STOC when it was received on the day of the first CR_MAD OK or
     * later, in model OC on the day of the CR or later, Europe/Paris (spec §5.9); always once the line is in service. One
     * that waited since the day before the pivot is still an annulation.
     */
    static boolean pivotReached(Dossier dossier, Instant recue) {
        String pivot = dossier.faits().get("OC".equals(dossier.faits().get(MODELE)) ? CR : PREMIERE_MAD);
        return dossier.etat().equals("EN_SERVICE")
                || pivot != null && !Dates.day(recue).isBefore(Dates.day(Instant.parse(pivot)));
    }

    /** Does a PTO remain to be installed, as far as has been said? */
    static boolean ptoAPoser(Dossier dossier) {
        String said = dossier.faits().get(PTO_A_POSER);
        return said == null ? A_CONSTRUIRE.equals(dossier.faits().get(CAS)) : said.equals("oui");
    }
}
