package fr.interophub.infra;

import fr.interophub.infra.Referentiel.Commande;
import fr.interophub.infra.Referentiel.Reponse;
import fr.interophub.infra.Reseau.Partie;
import fr.interophub.infra.Reseau.Pm;
import fr.interophub.infra.Reseau.Prestation;
import fr.interophub.infra.Reseau.Pto;
import fr.interophub.operateur.Operateur;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The checks 3 to 5 of a CR_Cmd_Acces, and of 6 what needs no route: eligibility, address, financing, socket, in the order of spec
 * Accès §3.3; the first that fails gives the motif (spec Accès §4).
 */
final class Examen {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String DEPLOYE = "DEPLOYE";
    private static final String ABANDONNE = "ABANDONNE";

    private final Operateur operateur;
    private final String aujourdhui;
    private final Map<String, Pm> pms;
    private final Map<String, Prestation> prestations;
    private final Map<String, List<Partie>> byHexacle;
    private final Map<String, List<Partie>> byVoie;
    private final Map<String, Pto> ptos;

    /** Asks for everything that these orders quote. */
    Examen(Reseau reseau, Operateur operateur, List<Commande> commandes, Instant now) {
        this.operateur = operateur;
        this.aujourdhui = LocalDate.ofInstant(now, PARIS).format(DateTimeFormatter.BASIC_ISO_DATE);
        this.pms = reseau.pms(quoted(commandes, one -> one.upper("ReferencePm")));
        this.prestations = reseau.prestations(quoted(commandes, one -> one.upper("ReferencePrestationPm")));
        this.ptos = reseau.ptos(quoted(commandes, one -> one.upper("ReferencePrise")));
        List<Partie> parties = reseau.parties(
                quoted(commandes, one -> one.upper("CodeAdresseImmeuble")), quoted(commandes, Examen::voie));
        this.byHexacle = parties.stream().collect(Collectors.groupingBy(Partie::hexacle));
        this.byVoie = parties.stream().collect(Collectors.groupingBy(Partie::voie));
    }

    private static List<String> quoted(List<Commande> commandes, Function<Commande, String> what) {
        return commandes.stream().map(what).toList();
    }

    /** INSEE, Rivoli and number in one, as the register keeps them; nothing without a Rivoli code. */
    private static String voie(Commande commande) {
        return commande.get("CodeVoieRivoliImmeuble").isEmpty()
                ? ""
                : String.join(
                        "/",
                        commande.upper("CodeInseeImmeuble"),
                        commande.upper("CodeVoieRivoliImmeuble"),
                        commande.get("NumeroVoieImmeuble"),
                        commande.upper("ComplementNumeroVoieImmeuble"));
    }

    /** An order that nothing stands against but, maybe, the want of a route. */
    record Recevable(Commande commande, Pm pm, Prestation prestation, Partie partie) {

        /**
         * COFI or LOCA: what was asked, and for AUTO, COFI while the OC holds fewer lines of the PM than it has subscribed, LOCA
         * then (spec Accès §8.3, point 11); never what its prestation is not open to.
         *
         * @param seuil in per cent of the dwellings behind the PM
         * @param cofi how many lines it holds so, by PM; counted on
         */
        String financement(int seuil, Map<String, Integer> cofi) {
            String asked = commande.get("TypeCommandeDemande");
            if (asked.equals("AUTO")) {
                boolean below = cofi.getOrDefault(pm.reference(), 0) * 100L < (long) seuil * pm.logements();
                asked = prestation.financement().equals("COFI-LOCA")
                        ? below ? "COFI" : "LOCA"
                        : prestation.financement();
            }
            if (asked.equals("COFI")) {
                cofi.merge(pm.reference(), 1, Integer::sum);
            }
            return asked;
        }
    }

    /** A {@link Recevable}, or the {@link Reponse} that ends it. */
    Object judge(Commande commande) {
        Pm pm = pms.get(commande.upper("ReferencePm"));
        if (pm == null) {
            return new Reponse.Refuse("FIMP07");
        }
        Prestation prestation = prestations.get(commande.upper("ReferencePrestationPm"));
        if (prestation == null || !prestation.operateur().equals(operateur.code())) {
            return new Reponse.Refuse("FIMP04");
        }
        if (!pm.etat().equals(DEPLOYE)) {
            return new Reponse.Refuse("FIMP09");
        }
        List<Partie> there = at(commande);
        Optional<String> ineligible = ineligible(there);
        if (ineligible.isPresent()) {
            return new Reponse.Refuse(ineligible.get());
        }
        if (there.isEmpty()) {
            return new Reponse.Refuse("FADR01");
        }
        List<Partie> left = there;
        for (Division division : Division.values()) {
            left = division.among(left, commande);
            if (left.isEmpty()) {
                return new Reponse.Refuse(division.motif);
            }
        }
        Optional<Partie> behind =
                left.stream().filter(part -> part.pm().equals(pm.reference())).findFirst();
        if (behind.isEmpty()) {
            return new Reponse.Refuse("FIMP08");
        }
        Partie partie = behind.get();
        if (!partie.pm().equals(prestation.pm())) {
            return new Reponse.Refuse("FIMP05");
        }
        if (!prestation.financement().contains(commande.get("TypeCommandeDemande"))
                && !commande.get("TypeCommandeDemande").equals("AUTO")) {
            return new Reponse.Refuse("FIMP06");
        }
        return socket(commande, there)
                .<Object>map(Reponse.Refuse::new)
                .orElseGet(() -> new Recevable(commande, pm, prestation, partie));
    }

    /** The hexaclé designates an address, else the street and number do (spec Accès §3.1). */
    private List<Partie> at(Commande commande) {
        String hexacle = commande.upper("CodeAdresseImmeuble");
        return hexacle.isEmpty()
                ? byVoie.getOrDefault(voie(commande), List.of())
                : byHexacle.getOrDefault(hexacle, List.of());
    }

    /** An address that is not to be ordered at all, or not yet. */
    private Optional<String> ineligible(List<Partie> there) {
        if (there.stream().anyMatch(this::open)) {
            return Optional.empty();
        }
        return there.stream()
                .findFirst()
                .map(part -> part.etat().equals(ABANDONNE) || !part.adduction() ? "FIMP10" : "FIMP11");
    }

    private boolean open(Partie part) {
        return part.etat().equals(DEPLOYE)
                && part.adduction()
                && (part.depuis().isEmpty() || part.depuis().substring(0, 8).compareTo(aujourdhui) <= 0);
    }

    /** What an address may be divided by, with the motif of an order that names none of its parts. */
    private enum Division {
        BATIMENT("Batiment", "FADR02", Partie::batiment),
        ESCALIER("Escalier", "FADR03", Partie::escalier),
        ETAGE("Etage", "FADR04", Partie::etage);

        private final String champ;
        private final String motif;
        private final Function<Partie, String> of;

        Division(String champ, String motif, Function<Partie, String> of) {
            this.champ = champ;
            this.motif = motif;
            this.of = of;
        }

        /** The parts that the order names, before those that are not divided by this. */
        private List<Partie> among(List<Partie> parts, Commande commande) {
            String said = commande.upper(champ);
            return parts.stream()
                    .filter(part -> of.apply(part).isEmpty() || of.apply(part).equals(said))
                    .sorted(Comparator.comparing(part -> of.apply(part).isEmpty()))
                    .toList();
        }
    }

    /** The socket that is named must be known, and at this address. */
    private Optional<String> socket(Commande commande, List<Partie> there) {
        if (!commande.identifiee()) {
            return Optional.empty();
        }
        Pto pto = ptos.get(commande.upper("ReferencePrise"));
        if (pto == null) {
            return Optional.of("FIMP02");
        }
        return there.stream().anyMatch(part -> part.immeuble().equals(pto.immeuble()))
                ? Optional.empty()
                : Optional.of("FIMP03");
    }
}
