package fr.interophub.si;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import fr.interophub.acces.Commandes;
import fr.interophub.echange.Transactions;
import fr.interophub.infra.Referentiel;
import fr.interophub.infra.Referentiel.Commande;
import fr.interophub.infra.Referentiel.Reponse;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mode {@code integre}: the referential answers in the place of an SI. Demandes are taken in their order, a lot in one
 * transaction with what is answered and how far it has got, so each is answered once; what is decided goes by the door of the SI's
 * décisions, where the state table judges it, and what the referential cannot say waits for a person.
 */
public final class Integre {

    private static final Logger LOG = LoggerFactory.getLogger(Integre.class);
    private static final int LOT = 1_000;
    private static final String REFERENCE = "ReferenceCommandePriseInterneOC";
    private static final String CMD_ACCES = "Cmd_Acces";
    private static final String CR = "CR_Cmd_Acces";
    private static final String MAD = "CR_MAD_LigneFTTH";
    private static final String HORS_SEQUENCE = "HORS_SEQUENCE";

    private final Demandes demandes;
    private final Decisions decisions;
    private final ADecider aDecider;
    private final Referentiel referentiel;
    private final Annuaire annuaire;
    private final Transactions transactions;

    Integre(
            Demandes demandes,
            Decisions decisions,
            ADecider aDecider,
            Referentiel referentiel,
            Annuaire annuaire,
            Transactions transactions) {
        this.demandes = demandes;
        this.decisions = decisions;
        this.aDecider = aDecider;
        this.referentiel = referentiel;
        this.annuaire = annuaire;
        this.transactions = transactions;
    }

    /**
     * Answers what has come since. A lot that fails is taken up again demande by demande, and one that fails alone goes to a person:
     * it never holds up the others.
     *
     * @return how many were answered; more may be waiting
     */
    public int answer() {
        try {
            return transactions.run(() -> answer(LOT));
        } catch (RuntimeException lotFailed) {
            LOG.warn("Un lot de demandes est repris une à une", lotFailed);
            return transactions.run(this::answerOne);
        }
    }

    private int answer(int max) {
        return demandes.nextToAnswer(max)
                .map(found -> {
                    take(found.demandes());
                    demandes.answered(found.curseur());
                    return found.demandes().size();
                })
                .orElse(0);
    }

    private int answerOne() {
        return demandes.nextToAnswer(1)
                .map(found -> {
                    Demande demande = found.demandes().get(0);
                    try {
                        transactions.run(() -> take(List.of(demande)));
                    } catch (RuntimeException e) {
                        aDecider.add(demande, "le référentiel n'a pu répondre : " + e.getMessage());
                    }
                    demandes.answered(found.curseur());
                    return 1;
                })
                .orElse(0);
    }

    /** Orders first: what else is said of one comes after it. */
    private void take(List<Demande> some) {
        Map<Boolean, List<Demande>> orders =
                some.stream().collect(groupingBy(demande -> demande.flux().equals(CMD_ACCES)));
        byOperator(orders.getOrDefault(true, List.of())).forEach(this::orders);
        byOperator(orders.getOrDefault(false, List.of())).forEach(this::others);
    }

    private Map<Operateur, List<Demande>> byOperator(List<Demande> some) {
        Map<String, List<Demande>> byCode =
                some.stream().collect(groupingBy(Demande::operateur, LinkedHashMap::new, toList()));
        Map<Operateur, List<Demande>> found = new LinkedHashMap<>();
        byCode.forEach((code, said) -> found.put(annuaire.find(code).orElseThrow(), said));
        return found;
    }

    private void orders(Operateur operateur, List<Demande> orders) {
        List<Reponse> answers = referentiel.answer(
                operateur,
                orders.stream()
                        .map(demande -> new Commande(UUID.fromString(demande.dossier()), demande.champs()))
                        .toList());
        Paroles paroles = new Paroles(operateur);
        Iterator<String> stocs = referentiel
                .stocs((int) IntStream.range(0, orders.size())
                        .filter(i -> toBuild(orders.get(i), answers.get(i)))
                        .count())
                .iterator();
        for (int i = 0; i < orders.size(); i++) {
            Demande order = orders.get(i);
            Reponse answer = answers.get(i);
            if (answer instanceof Reponse.Refuse refuse) {
                paroles.say(order, CR, refused(order, refuse.motif()));
            } else if (answer instanceof Reponse.Accorde accorde) {
                paroles.say(order, CR, accorde.champs());
                if (toBuild(order, accorde)) {
                    paroles.say(order, "Cmd_STOC", Map.of("ReferenceCommandeSousTraitantOI", stocs.next()));
                } else {
                    next(operateur, order, accorde, paroles);
                }
            } else {
                aDecider.add(order, ((Reponse.Indecis) answer).raison());
            }
        }
        paroles.judge();
    }

    private static Map<String, String> refused(Demande order, String motif) {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put("EtatCrCommandePrise", "KO");
        champs.put("MotifKoCrCommandePrise", motif);
        for (String echo : List.of("ReferencePrestationPm", "ReferencePm")) {
            champs.put(echo, order.champs().getOrDefault(echo, ""));
        }
        return champs;
    }

    /** Does the OC build the socket as our subcontractor? Then it is asked to, right behind the CR OK (spec Accès §3.4). */
    private static boolean toBuild(Demande order, Reponse answer) {
        return answer instanceof Reponse.Accorde accorde
                && !accorde.hotline()
                && construire(order)
                && "STOC".equals(order.champs().get("TypeRacco"));
    }

    private static boolean construire(Demande order) {
        return !"O".equals(order.champs().get("PriseExistante"));
    }

    /** What may be said right behind the CR OK (spec Accès §3.6), or who must act before anything is. */
    private void next(Operateur operateur, Demande order, Reponse.Accorde accorde, Paroles paroles) {
        String modele = order.champs().getOrDefault("TypeRacco", "");
        if (accorde.hotline()) {
            paroles.person(order, "route HOTLINE : l'appel de l'installateur est attendu, puis Notif_Reprov");
        } else if (modele.equals("OI") && construire(order)) {
            paroles.person(order, "l'OI construit la prise : CR_MAD_LigneFTTH est dû ensuite");
        } else if (!modele.equals("OC")) {
            available(operateur, order, modele, paroles);
        }
    }

    /** The line is there: it is made available, once whoever patches at the PM has nothing more to do for us. */
    private void available(Operateur operateur, Demande said, String modele, Paroles paroles) {
        if (operateur.contrat().commande().brassage().equals("OI")) {
            paroles.person(said, "l'OI brasse au PM : CR_MAD_LigneFTTH est dû ensuite");
        } else {
            paroles.say(
                    said,
                    MAD,
                    modele.equals("OI")
                            ? Map.of("EtatCrMadLigneFtth", "OK", "PrisePosee", "NON")
                            : Map.of("EtatCrMadLigneFtth", "OK"));
        }
    }

    private void others(Operateur operateur, List<Demande> said) {
        Paroles paroles = new Paroles(operateur);
        for (Demande demande : said) {
            String commande = demande.champs().getOrDefault(REFERENCE, "");
            switch (demande.protocole().equals(Commandes.PROTOCOLE) ? demande.flux() : "") {
                case "CR_STOC" -> {
                    if ("OUI".equals(demande.champs().get("PrisePosee"))) {
                        referentiel.built(operateur.code(), commande);
                    }
                    if ("OK".equals(demande.champs().get("CrRaccordementPrise"))) {
                        available(operateur, demande, "STOC", paroles);
                    } else {
                        aDecider.add(
                                demande, "construction en échec : Notif_Reprov à froid ou rejet de mise à disposition");
                    }
                }
                case "CR_MES_LigneFTTH" -> referentiel.inService(operateur.code(), commande);
                // In models OI and STOC a résiliation follows a mise à disposition: the socket is there (spec Accès
                // §5.9).
                case "Annulation_Acces" ->
                    referentiel.release(
                            operateur.code(), commande, demande.etat().equals("RESILIEE"), true);
                case "Notif_Ecrasement" -> referentiel.release(operateur.code(), commande, true, false);
                case CR, "AR_Cmd_Acces", "CR_Annulation_Acces", "AnnulationRdv" -> {
                    // The hub has answered in our place, or nothing is owed.
                }
                default -> aDecider.add(demande, "%s demande une personne".formatted(demande.flux()));
            }
        }
        paroles.judge();
    }

    /** Décisions about orders of one OC, on their way to the door. */
    private final class Paroles {

        private final Operateur operateur;
        private final List<Demande> causes = new ArrayList<>();
        private final List<Decision> said = new ArrayList<>();
        private final Map<Demande, String> persons = new LinkedHashMap<>();

        private Paroles(Operateur operateur) {
            this.operateur = operateur;
        }

        void say(Demande cause, String flux, Map<String, String> champs) {
            Map<String, String> full = new LinkedHashMap<>(champs);
            full.put(REFERENCE, cause.champs().getOrDefault(REFERENCE, ""));
            causes.add(cause);
            said.add(new Decision(cause.id() + "/" + flux, operateur.code(), flux, full));
        }

        /** A person goes on, unless something was refused before. */
        void person(Demande cause, String raison) {
            persons.put(cause, raison);
        }

        /** An order that was cancelled meanwhile gives back what it was given; any other refusal is for a person. */
        void judge() {
            List<VerdictSi> verdicts = said.isEmpty() ? List.of() : decisions.decide(operateur, said);
            for (int i = 0; i < verdicts.size(); i++) {
                VerdictSi verdict = verdicts.get(i);
                if (verdict.verdict().equals("OK")) {
                    continue;
                }
                Demande cause = causes.get(i);
                if (said.get(i).flux().equals(CR)) {
                    referentiel.release(operateur.code(), cause.champs().getOrDefault(REFERENCE, ""), false, false);
                    persons.remove(cause);
                }
                if (!verdict.motif().equals(HORS_SEQUENCE)) {
                    persons.put(
                            cause,
                            "%s refusé : %s, %s".formatted(said.get(i).flux(), verdict.motif(), verdict.detail()));
                }
            }
            aDecider.add(persons);
        }
    }
}
