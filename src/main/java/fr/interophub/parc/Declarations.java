package fr.interophub.parc;

import fr.interophub.operateur.Annuaire;
import fr.interophub.parc.Acces.Etat;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Accesses that the OI writes down itself: those that are older than the hub, and corrections. No flux leaves for them. Runs
 * in the caller's transaction.
 */
public final class Declarations {

    private static final int REFERENCE_MAX = 30;
    private static final int GTR_MAX = 20;
    private static final String SUIVI = "ACCES_SUIVI";

    private final Parc parc;
    private final Annuaire annuaire;

    public Declarations(Parc parc, Annuaire annuaire) {
        this.parc = parc;
        this.annuaire = annuaire;
    }

    /**
     * Why a declaration was not taken.
     *
     * @param motif {@code CHAMP_VIDE}, {@code FORMAT}, {@code LONGUEUR}, {@code OPERATEUR_INCONNU}, {@code ACCES_SUIVI}
     * @param champ the field, as the front door names it; null when it is none
     * @param detail in French
     */
    public record Refus(String motif, String champ, String detail) {}

    /**
     * Takes accesses that are older than the hub, each for itself; again, with the same or other values, replaces. An access
     * that an order has filled is left as its order says.
     *
     * @return for each one, why it was not taken
     */
    public List<Optional<Refus>> load(List<Declaration> declarations) {
        parc.holdAll();
        List<Acces> read = new ArrayList<>(declarations.size());
        List<Optional<Refus>> verdicts = new ArrayList<>(declarations.size());
        for (Declaration declaration : declarations) {
            try {
                read.add(read(declaration));
                verdicts.add(Optional.empty());
            } catch (Fault fault) {
                read.add(null);
                verdicts.add(Optional.of(fault.refus));
            }
        }
        Set<String> followed = followed(read.stream().filter(Objects::nonNull).toList());
        Map<String, Acces> taken = new LinkedHashMap<>();
        for (int i = 0; i < read.size(); i++) {
            Acces acces = read.get(i);
            if (acces != null && followed.contains(key(acces))) {
                verdicts.set(
                        i,
                        Optional.of(new Refus(
                                SUIVI,
                                "ReferencePrestationPrise",
                                "cet accès vient d'une commande : le corriger par PUT")));
            } else if (acces != null) {
                taken.put(key(acces), acces);
            }
        }
        parc.write(taken.values());
        return verdicts;
    }

    /** Those that an order has filled. */
    private Set<String> followed(List<Acces> acces) {
        Set<String> followed = new HashSet<>();
        acces.stream()
                .collect(Collectors.groupingBy(
                        Acces::operateur, Collectors.mapping(Acces::prestation, Collectors.toList())))
                .forEach((operateur, prestations) -> parc.list(operateur, prestations).stream()
                        .filter(known -> known.dossierId() != null)
                        .forEach(known -> followed.add(key(known))));
        return followed;
    }

    private static String key(Acces acces) {
        return acces.operateur() + "\n" + acces.prestation().toUpperCase(Locale.ROOT);
    }

    /**
     * Writes one access down, or corrects it. What an order has said of it stays: the state of an access that comes from an
     * order is the order's, and so is its site where nothing else is given.
     *
     * @return why it was not taken
     */
    public Optional<Refus> put(Declaration declaration) {
        parc.holdAll();
        try {
            Acces given = read(declaration);
            Acces known =
                    parc.findForUpdate(given.operateur(), given.prestation()).orElse(given);
            if (known.dossierId() != null && declaration.etat() != null && known.etat() != given.etat()) {
                throw new Fault(
                        SUIVI, "etat", "l'état de cet accès est celui de sa commande : %s".formatted(known.etat()));
            }
            parc.write(List.of(new Acces(
                    given.operateur(),
                    given.prestation(),
                    given.prise(),
                    known.dossierId() == null ? given.site() : given.site().or(known.site()),
                    given.dateMes(),
                    given.gtr(),
                    given.partagee(),
                    known.dossierId() == null ? given.etat() : known.etat(),
                    known.dossierId())));
            return Optional.empty();
        } catch (Fault fault) {
            return Optional.of(fault.refus);
        }
    }

    private Acces read(Declaration declaration) {
        String operateur = required("operateur", declaration.operateur());
        if (annuaire.find(operateur).isEmpty()) {
            throw new Fault("OPERATEUR_INCONNU", "operateur", "opérateur inconnu : " + operateur);
        }
        String prestation = required("ReferencePrestationPrise", declaration.prestation());
        String prise = required("ReferencePrise", declaration.prise());
        longest("ReferencePrestationPrise", prestation, REFERENCE_MAX);
        longest("ReferencePrise", prise, REFERENCE_MAX);
        return new Acces(
                operateur,
                prestation,
                prise,
                new Site(
                        optional("ReferencePm", declaration.pm(), REFERENCE_MAX),
                        optional("adresse", declaration.adresse(), Site.ADRESSE_MAX)),
                date(required("dateMes", declaration.dateMes())),
                gtr(declaration.gtr()),
                partagee(declaration.partagee()),
                etat(declaration.etat()),
                null);
    }

    private static String required(String champ, String valeur) {
        if (valeur == null || valeur.isBlank()) {
            throw new Fault("CHAMP_VIDE", champ, champ + " manque");
        }
        return clean(champ, valeur);
    }

    private static String optional(String champ, String valeur, int max) {
        if (valeur == null || valeur.isBlank()) {
            return null;
        }
        String clean = clean(champ, valeur);
        longest(champ, clean, max);
        return clean;
    }

    private static String clean(String champ, String valeur) {
        if (valeur.chars().anyMatch(Character::isISOControl)) {
            throw new Fault("FORMAT", champ, champ + " : caractère interdit");
        }
        return valeur.strip();
    }

    private static void longest(String champ, String valeur, int max) {
        if (valeur.length() > max) {
            throw new Fault("LONGUEUR", champ, "%s : %d caractères, %d au plus".formatted(champ, valeur.length(), max));
        }
    }

    private static Instant date(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Fault(
                    "FORMAT",
                    "dateMes",
                    "dateMes : « %s » n'est pas une date comme 2026-01-31T12:00:00+01:00".formatted(text));
        }
    }

    private static String gtr(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            if (text.length() <= GTR_MAX && !Duration.parse(text).isNegative()) {
                return text;
            }
        } catch (DateTimeException notADuration) {
            // Told below.
        }
        throw new Fault("FORMAT", "gtr", "gtr : « %s » n'est pas une durée comme PT10H".formatted(text));
    }

    private static boolean partagee(String text) {
        String said = Objects.requireNonNullElse(text, "true").strip().toLowerCase(Locale.ROOT);
        if (!said.equals("true") && !said.equals("false") && !said.isEmpty()) {
            throw new Fault("FORMAT", "partagee", "partagee : true ou false, lu « %s »".formatted(text));
        }
        return !said.equals("false");
    }

    private static Etat etat(String text) {
        if (text == null || text.isBlank()) {
            return Etat.EN_SERVICE;
        }
        for (Etat etat : Etat.values()) {
            if (etat.name().equals(text.strip())) {
                return etat;
            }
        }
        throw new Fault("FORMAT", "etat", "etat : EN_SERVICE, RESILIEE ou ECRASEE, lu « %s »".formatted(text));
    }

    /** What is wrong with a declaration. */
    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Refus refus;

        private Fault(String motif, String champ, String detail) {
            super(detail, null, false, false);
            this.refus = new Refus(motif, champ, detail);
        }
    }
}
