package fr.interophub.sav;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.ChampDAction;
import fr.interophub.catalogue.ChampDAction.Obligation;
import fr.interophub.catalogue.ChampDAction.Regle;
import fr.interophub.catalogue.ChampDAction.Type;
import fr.interophub.catalogue.Grille;
import fr.interophub.catalogue.Grille.Cloture;
import fr.interophub.catalogue.Grille.Colonne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Dossier;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at one thing said, in the order of spec SAV §c: SIRENs, syntax by the order of the fields, then, once the ticket is
 * known and has moved, what was expected of it. What is noticed without refusing is kept.
 */
final class Controles {

    private static final int MONTRE = 80;

    private final Grille grille;
    private final Contrat.Sav contrat;
    private final List<Anomalie> anomalies = new ArrayList<>();

    Controles(Page page, Contrat.Sav contrat) {
        this.grille = page.grille().orElseThrow();
        this.contrat = contrat;
    }

    /** What was noticed. */
    List<Anomalie> anomalies() {
        return anomalies;
    }

    /** In the protocol's own names and spelling, empty values left out, unknown fields too. */
    Dit read(String action, Map<String, String> said, Role emetteur) {
        Map<String, String> champs = new LinkedHashMap<>();
        for (ChampDAction champ : grille.champs()) {
            value(champ, said)
                    .map(valeur -> spelled(champ, valeur))
                    .ifPresent(valeur -> champs.put(champ.nom(), valeur));
        }
        if (action != null && !action.isBlank()) {
            champs.put(Champs.DESCRIPTION, grille.canonique(Champs.DESCRIPTION, action.strip()));
        }
        String flux = champs.getOrDefault(Champs.DESCRIPTION, "");
        Colonne colonne = grille.colonne(flux, champs.getOrDefault(Champs.TYPE_MESSAGE, ""))
                .orElse(null);
        return new Dit(flux, colonne, emetteur, champs);
    }

    private static Optional<String> value(ChampDAction champ, Map<String, String> said) {
        String own = said.get(champ.nom());
        return Optional.ofNullable(own)
                .or(() -> champ.alias().stream()
                        .map(said::get)
                        .filter(valeur -> valeur != null)
                        .findFirst())
                .map(String::strip)
                .filter(valeur -> !valeur.isEmpty());
    }

    private String spelled(ChampDAction champ, String valeur) {
        if (champ.type() != Type.DATE_HEURE) {
            return grille.canonique(champ.nom(), valeur);
        }
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(ChampDAction.date(valeur));
        } catch (DateTimeException wrong) {
            return valeur;
        }
    }

    /** Who speaks to whom; a SIREN that is none is left to {@link #form}. */
    void sirens(Dit dit, Operateur oc, String oi) {
        String supplier = dit.get(Champs.OI);
        String provider = dit.get(Champs.OC);
        boolean swapped = supplier.equals(oc.siren()) && provider.equals(oi);
        if (ChampDAction.siren(supplier) && !supplier.equals(oi)) {
            throw Refuse.because(Situation.INCONNU, Champs.OI, swapped ? "les deux SIREN sont inversés" : supplier);
        }
        if (ChampDAction.siren(provider) && !provider.equals(oc.siren())) {
            throw Refuse.because(Situation.INTERDIT, Champs.OC, null);
        }
    }

    /** The action is one that the protocol knows. */
    void action(Dit dit, Page page) {
        if (dit.flux().isEmpty()) {
            throw Refuse.because(Situation.CHAMP_VIDE, Champs.DESCRIPTION, null);
        }
        if (page.findFlux(dit.flux()).isEmpty()) {
            throw Refuse.because(Situation.HORS_LISTE, Champs.DESCRIPTION, cut(dit.flux()))
                    .as("FLUX_INCONNU");
        }
    }

    /**
     * The syntax, field by field; the first fault refuses. Forbidden fields are dropped where the contract says so.
     *
     * @param owed false when the action is not the speaker's: what it should hold is then not judged
     * @param gtr the repair time of the access, null when it has none
     */
    void form(Dit dit, boolean owed, String gtr) {
        Colonne colonne = dit.colonne() == null ? first(dit.flux()) : dit.colonne();
        Map<String, Obligation> asked = new LinkedHashMap<>();
        for (ChampDAction champ : grille.champs()) {
            asked.put(champ.nom(), asked(champ, colonne, dit, gtr));
        }
        if (!contrat.strict() && owed && dit.colonne() != null) {
            asked.forEach((nom, obligation) -> {
                if (obligation == Obligation.INTERDIT && dit.has(nom)) {
                    noticed(nom, dit.champs().remove(nom), "INTERDIT", nom + " n'est pas attendu ici, ignoré");
                }
            });
        }
        for (ChampDAction champ : grille.champs()) {
            field(champ, dit, owed && asked.get(champ.nom()) == Obligation.OBLIGATOIRE);
            if (dit.colonne() == null && champ.nom().equals(Champs.TYPE_MESSAGE)) {
                throw dit.has(champ.nom())
                        ? Refuse.because(
                                Situation.INATTENDU,
                                champ.nom(),
                                "%s avec %s".formatted(dit.get(champ.nom()), dit.flux()))
                        : Refuse.because(Situation.CHAMP_VIDE, champ.nom(), null);
            }
        }
    }

    /** The fields of a read (column RQ). */
    void criteria(Dit dit) {
        for (ChampDAction champ : grille.champs()) {
            Obligation asked = champ.regle("RQ").obligation();
            if (asked != Obligation.SANS_OBJET) {
                field(champ, dit, asked == Obligation.OBLIGATOIRE);
            }
        }
    }

    private Colonne first(String flux) {
        return grille.colonnes().stream()
                .filter(colonne -> colonne.flux().equals(Optional.of(flux)))
                .findFirst()
                .orElseThrow();
    }

    private Obligation asked(ChampDAction champ, Colonne colonne, Dit dit, String gtr) {
        return ConditionsDeChamp.resolve(
                champ.regle(colonne.nom()), new ConditionsDeChamp.Vue(champ.nom(), dit, grille, contrat, gtr));
    }

    private void field(ChampDAction champ, Dit dit, boolean mandatory) {
        String valeur = dit.get(champ.nom());
        if (valeur.isEmpty()) {
            if (mandatory) {
                throw Refuse.because(Situation.CHAMP_VIDE, champ.nom(), null);
            }
            return;
        }
        boolean unknownCode = champ.nom().equals(Champs.CODE)
                && grille.cloture(valeur).isEmpty()
                && champ.check(valeur).isEmpty();
        if (unknownCode) {
            throw Refuse.because(Situation.HORS_LISTE, champ.nom(), cut(valeur));
        }
        champ.check(valeur).ifPresent(regle -> {
            throw regle.equals("HORS_LISTE")
                    ? Refuse.because(Situation.HORS_LISTE, champ.nom(), cut(valeur))
                    : Refuse.because(Situation.FORMAT, champ.nom(), cut(valeur)).as(regle);
        });
    }

    /**
     * What was expected here: the state that goes with the action, what is known already, nothing that is forbidden.
     *
     * @param etat the ticket's state before
     * @param known the values that the ticket has, asked for only if something is said again
     */
    void expected(Dit dit, Dossier ticket, String etat, String gtr, Supplier<Map<String, String>> known) {
        for (ChampDAction champ : grille.champs()) {
            String valeur = dit.get(champ.nom());
            if (!valeur.isEmpty()) {
                Regle regle = champ.regle(dit.colonne().nom());
                Obligation obligation = asked(champ, dit.colonne(), dit, gtr);
                fixed(champ, valeur, regle, obligation, etat);
                if (obligation == Obligation.INTERDIT || obligation == Obligation.EXCLU) {
                    throw unexpected(champ.nom(), valeur);
                }
                if (obligation == Obligation.RAPPEL
                        && !same(champ, valeur, known.get().get(champ.nom()))) {
                    throw unexpected(champ.nom(), valeur);
                }
            }
        }
        if (dit.has(Champs.REFERENCE_OC) && !dit.get(Champs.REFERENCE_OC).equals(ticket.cle())) {
            throw unexpected(Champs.REFERENCE_OC, dit.get(Champs.REFERENCE_OC));
        }
        grille.cloture(dit.get(Champs.CODE)).ifPresent(cloture -> closure(cloture, dit, ticket, known));
        proposed(dit, known);
    }

    private static void fixed(ChampDAction champ, String valeur, Regle regle, Obligation obligation, String etat) {
        if (regle.valeur() == null || regle.condition() != null && obligation != Obligation.OBLIGATOIRE) {
            return;
        }
        if (regle.valeur().equals(Regle.COURANT)) {
            if (!valeur.equals(etat)) {
                throw Refuse.because(
                        Situation.DESYNCHRONISE, champ.nom(), "le ticket est en %s, lu %s".formatted(etat, valeur));
            }
        } else if (!valeur.equals(regle.valeur())) {
            throw Refuse.because(
                    Situation.INATTENDU, champ.nom(), "%s attendu, lu %s".formatted(regle.valeur(), cut(valeur)));
        }
    }

    private static boolean same(ChampDAction champ, String valeur, String known) {
        return known != null
                && (champ.type() == Type.DATE_HEURE
                        ? ChampDAction.date(valeur).isEqual(ChampDAction.date(known))
                        : valeur.equals(known));
    }

    private void closure(Cloture cloture, Dit dit, Dossier ticket, Supplier<Map<String, String>> known) {
        boolean rdv = cloture.ticket().equals("rdv") && !ticket.faits().containsKey(Faits.MODE);
        boolean expertise =
                cloture.ticket().equals("expertise") && !"2".equals(known.get().get("troubleTicketType"));
        if (!cloture.colonne().equals(dit.colonne().nom()) || rdv || expertise) {
            throw Refuse.because(
                    Situation.INATTENDU, Champs.CODE, "%s ne va pas avec %s".formatted(cloture.code(), dit.flux()));
        }
        if (dit.has(Champs.LIBELLE) && !dit.get(Champs.LIBELLE).equals(cloture.etiquette())) {
            throw unexpected(Champs.LIBELLE, dit.get(Champs.LIBELLE));
        }
        String responsible = dit.get(Champs.RESPONSABILITE);
        if (!responsible.isEmpty()
                && !cloture.attendue().isEmpty()
                && !cloture.attendue().contains(responsible)) {
            noticed(
                    Champs.RESPONSABILITE,
                    responsible,
                    Situation.INATTENDU.name(),
                    "%s avec %s, attendu %s"
                            .formatted(responsible, cloture.code(), String.join(" ou ", cloture.attendue())));
        }
    }

    /** A date retained by hand is one of the three proposed (M10). */
    private void proposed(Dit dit, Supplier<Map<String, String>> known) {
        if (!dit.parLOi() || !dit.type("REPONSE RDV")) {
            return;
        }
        String date = dit.get(Champs.PREVUE_LE);
        boolean among = Champs.SUGGESTIONS.stream()
                .map(known.get()::get)
                .anyMatch(proposed ->
                        proposed != null && ChampDAction.date(proposed).isEqual(ChampDAction.date(date)));
        if (!among && contrat.strict()) {
            throw unexpected(Champs.PREVUE_LE, date);
        }
        if (!among) {
            noticed(
                    Champs.PREVUE_LE,
                    date,
                    Situation.INATTENDU.name(),
                    "la date retenue n'est pas l'une des trois proposées");
        }
    }

    private static Refuse unexpected(String champ, String valeur) {
        return Refuse.because(Situation.INATTENDU, champ, cut(valeur));
    }

    private void noticed(String champ, String valeur, String regle, String detail) {
        anomalies.add(new Anomalie(champ, cut(valeur), regle, Optional.empty(), detail));
    }

    private static String cut(String valeur) {
        return valeur.length() <= MONTRE ? valeur : valeur.substring(0, MONTRE - 1) + "…";
    }

    /** Refuses a page whose words have no meaning here. */
    static void hold(Page page) {
        Grille grille = page.grille()
                .orElseThrow(() -> new IllegalStateException("page %s : pas de champs.csv".formatted(page)));
        List<String> missing = new ArrayList<>();
        page.conditions().stream()
                .filter(nom -> !ConditionsSav.names().contains(nom))
                .forEach(missing::add);
        grille.conditions().stream()
                .map(Grille.ConditionChamp::nom)
                .filter(nom -> !ConditionsDeChamp.names().contains(nom))
                .forEach(missing::add);
        Arrays.stream(Situation.values())
                .map(Situation::name)
                .filter(nom -> grille.retour(nom).isEmpty())
                .forEach(missing::add);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("page %s : sans code, ou sans code retour : %s".formatted(page, missing));
        }
    }
}
