package fr.interophub.bacasable;

import fr.interophub.bacasable.Scenario.Fichier;
import fr.interophub.bacasable.Scenario.Parc;
import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.bacasable.Scenario.Prose;
import fr.interophub.bacasable.Scenario.Step;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Plays one scénario, never waiting: each call of {@link #advance} goes as far as the facts allow. A step holds when the
 * party it was said to has it in hands, and the dossier reads the state the scénario expects.
 */
final class Joueur {

    /** What the hub says by itself, whatever the SI's mode: it is waited for, not decided. */
    static final Set<String> HUB_SAYS = Set.of("AR_Cmd_Acces", "CR_Annulation_Acces", "Notif_Ecrasement");

    /** The motifs of an overload, for which the hub itself rejects an order (spec §3.3, check 2). */
    private static final Set<String> SURCHARGE = Set.of("FIMP13", "FIMP19");

    private static final String NEANT = "NEANT";

    private final Scenario scenario;
    private final Parties parties;
    private final Dialecte dialecte;
    private final Lecture lecture;
    private final List<OcSimule> ocs;
    private final SiSimule si;
    private final Set<Cote> joues;
    private final Rythme rythme;
    private final Consumer<Duration> temps;
    private final Instant begin;

    /** By identity: two messages of the same minute may be alike to the letter. */
    private final Set<OcSimule.Recu> taken = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<SiSimule.Demande> told = new HashSet<>();

    private final List<String> decisions = new ArrayList<>();

    /** What was played and does not hold yet, in the order of the scénario. */
    private final List<EnCours> pending = new ArrayList<>();

    private int index;
    private Instant notBefore;
    private Instant limit;
    private String waiting = "";
    private Optional<String> failure = Optional.empty();
    private Instant end;

    /** A step that was played. */
    private static final class EnCours {
        private final Step step;
        private final Partie partie;

        /** The order's state before it, asked for when the step must be refused. */
        private final Optional<String> before;

        /** The id of what the SI decided, or null. */
        private String decision;

        /** What the OC dropped, or null. */
        private OcSimule.Depot depot;

        /** The party it was said to has it; what remains is the state. */
        private boolean held;

        private EnCours(Step step, Partie partie, Optional<String> before) {
            this.step = step;
            this.partie = partie;
            this.before = before;
        }
    }

    /**
     * @param ocs the OCs at hand, the one that plays OC1 first
     * @param joues the parties played here; what the other says is waited for
     * @param temps lets time pass, for those who can
     */
    Joueur(
            Scenario scenario,
            Specimen specimen,
            Dialecte dialecte,
            Lecture lecture,
            List<OcSimule> ocs,
            SiSimule si,
            Set<Cote> joues,
            Rythme rythme,
            Consumer<Duration> temps,
            Instant now) {
        this.scenario = scenario;
        this.dialecte = dialecte;
        this.lecture = lecture;
        this.ocs = ocs;
        this.si = si;
        this.joues = joues;
        this.rythme = rythme;
        this.temps = temps;
        this.begin = now;
        this.notBefore = now;
        this.parties = new Parties(
                scenario, specimen, ocs.stream().map(OcSimule::operateur).toList());
    }

    boolean over() {
        return end != null;
    }

    Troupe.Resultat result() {
        Partie first = parties.first();
        return new Troupe.Resultat(
                scenario, first.operateur(), first.reference(), Duration.between(begin, end), failure);
    }

    /** Goes as far as the facts allow; true if something moved. */
    boolean advance(Instant now) throws InterruptedException {
        boolean moved = false;
        while (!over() && !now.isBefore(notBefore)) {
            limit = limit == null ? now.plus(rythme.limite()) : limit;
            Step step = scenario.steps().get(Math.min(index, scenario.steps().size() - 1));
            try {
                while (pending.isEmpty() || pending.get(pending.size() - 1).step.ensemble()) {
                    step = scenario.steps().get(index);
                    pending.add(play(step));
                    index++;
                    moved = true;
                }
                for (Iterator<EnCours> each = pending.iterator(); each.hasNext(); ) {
                    EnCours played = each.next();
                    step = played.step;
                    played.held = played.held || holds(played);
                    if (!played.held || !reads(played)) {
                        if (now.isAfter(limit)) {
                            fail(step, "attendu en vain : " + waiting, now);
                        }
                        return moved;
                    }
                    each.remove();
                    moved = true;
                }
            } catch (Discord | IllegalArgumentException | NoSuchElementException e) {
                fail(step, e.getMessage(), now);
                return true;
            } catch (IOException e) {
                waiting = e.toString();
                if (now.isAfter(limit)) {
                    fail(step, waiting, now);
                }
                return moved;
            }
            limit = null;
            notBefore = now.plus(rythme.pas());
            if (index == scenario.steps().size()) {
                finish(step, now);
            }
            if (step.geste() instanceof Prose prose && prose.jours() > 0) {
                return true; // What comes next begins at another time.
            }
        }
        return moved;
    }

    private EnCours play(Step step) throws IOException, InterruptedException {
        Partie partie = parties.of(step);
        Optional<String> before = step.refus().isPresent()
                ? lecture.find("commande", partie.operateur(), partie.reference())
                : Optional.empty();
        EnCours played = new EnCours(step, partie, before);
        if (!isOurs(step)) {
            if (step.refus().isPresent() || step.geste() instanceof Fichier) {
                throw new Discord("étape d'une partie qui n'est pas jouée ici, et que rien ne fait entendre");
            }
        } else if (step.geste() instanceof Fichier file) {
            played.depot = oc(partie).sayFile(file.nom());
        } else if (step.geste() instanceof Parc parc) {
            si.register(parties.acces(step, parc));
        } else if (step.geste() instanceof Prose prose && prose.jours() > 0) {
            Duration days = Duration.ofDays(prose.jours());
            temps.accept(days);
            limit = limit.plus(days);
        } else if (step.geste() instanceof Parole parole) {
            if (!dialecte.flux(parole.flux()).emisPar().contains(parole.role())) {
                throw new Discord(parole.flux() + " n'est pas à l'" + parole.role() + " de le dire");
            }
            if (parole.role() == Role.OC) {
                Map<String, String> champs = champs(step, parole);
                if (step.refus().isEmpty()) {
                    partie.oc().remember(parole.flux(), champs);
                }
                played.depot = oc(partie).say(parole.flux(), champs);
            } else if (!hubSays(step, parole)) {
                Map<String, String> champs = champs(step, parole);
                played.decision = id(step, partie);
                decisions.add(played.decision);
                si.decide(played.decision, partie.operateur(), parole.flux(), champs);
                if (step.refus().isEmpty()) {
                    partie.oi().remember(parole.flux(), champs);
                }
            }
        }
        return played;
    }

    private boolean isOurs(Step step) {
        boolean oc = step.geste() instanceof Fichier
                || step.dit().filter(parole -> parole.role() == Role.OC).isPresent();
        return step.geste() instanceof Scenario.Prose || joues.contains(oc ? Cote.OC : Cote.SI);
    }

    private OcSimule oc(Partie partie) {
        return ocs.get(partie.commande().oc() - 1);
    }

    private Map<String, String> champs(Step step, Parole parole) {
        Map<String, String> champs =
                parties.champs(step, parole, parole.motif().map(dialecte::motif).orElse(""));
        dialecte.requireChamps(parole.flux(), champs);
        return champs;
    }

    /** A step that must be refused is a décision that the SI ought not to take. */
    private static boolean hubSays(Step step, Parole parole) {
        boolean overload = parole.flux().equals("CR_Cmd_Acces")
                && parole.issue().equals(Optional.of(Issue.KO))
                && parole.motif().filter(SURCHARGE::contains).isPresent();
        return step.refus().isEmpty() && (parole.duHub() || overload || HUB_SAYS.contains(parole.flux()));
    }

    /** Derived from the demande it answers: played again on the same hub, the same answer has the same id. */
    private String id(Step step, Partie partie) {
        String demande = si.heard(partie.operateur(), partie.reference()).stream()
                .findFirst()
                .map(SiSimule.Demande::id)
                .orElse(partie.reference());
        return demande + "-" + step.numero();
    }

    /** True once the party it was said to has it in hands, or has refused it as it must. */
    private boolean holds(EnCours played) throws IOException, InterruptedException {
        if (played.depot != null) {
            return played.step.refus().isPresent() ? setAside(played) : !joues.contains(Cote.SI) || heardBySi(played);
        }
        Parole parole = played.step.dit().orElse(null);
        if (parole == null) {
            return true;
        }
        if (parole.role() == Role.OC) {
            return heardBySi(played);
        }
        if (played.decision == null) {
            return heardByOc(played, parole);
        }
        Optional<SiSimule.Verdict> verdict = si.verdict(played.decision);
        if (verdict.isEmpty()) {
            waiting = "le verdict de la décision " + played.decision;
            return false;
        }
        if (played.step.refus().isPresent()) {
            return refused(played, verdict.get().ok(), verdict.get().motif());
        }
        if (!verdict.get().ok()) {
            throw new Discord("décision refusée : " + verdict.get().motif() + " "
                    + verdict.get().detail());
        }
        return heardByOc(played, parole);
    }

    private boolean setAside(EnCours played) throws IOException, InterruptedException {
        Optional<String> motif = lecture.findQuarantaine(played.partie.operateur(), played.depot);
        waiting = played.depot.fichier() + " en quarantaine";
        return motif.isPresent() && refused(played, false, motif.get());
    }

    private boolean refused(EnCours played, boolean ok, String motif) throws IOException, InterruptedException {
        String expected = played.step.refus().orElseThrow();
        if (ok || !motif.equals(expected)) {
            throw new Discord("refus attendu : " + expected + ", reçu : " + (ok ? "OK" : motif));
        }
        Optional<String> after = lecture.find("commande", played.partie.operateur(), played.partie.reference());
        if (!after.equals(played.before)) {
            throw new Discord("une étape refusée a mené le dossier de %s à %s"
                    .formatted(played.before.orElse("rien"), after.orElse("rien")));
        }
        return true;
    }

    /** What the hub itself refuses gives no demande: its KO says that it was taken. A file of another hand says nothing. */
    private boolean heardBySi(EnCours played) {
        Parole parole = played.step.dit().orElse(null);
        if (parole == null) {
            return true;
        }
        Partie partie = played.partie;
        if (!joues.contains(Cote.OC) && parole.flux().equals("Cmd_Acces")) {
            si.takeOrder(partie).ifPresent(order -> partie.remember(order.flux(), order.champs()));
        }
        String reference = reference(parole, partie.oc());
        for (SiSimule.Demande demande : si.heard(partie.operateur(), reference)) {
            if (demande.flux().equals(parole.flux()) && told.add(demande)) {
                partie.oi().remember(demande.flux(), demande.champs());
                return true;
            }
        }
        waiting = "la demande " + parole.flux() + " chez le SI";
        return joues.contains(Cote.OC)
                && oc(partie).heard(reference).stream()
                        .anyMatch(recu -> !taken.contains(recu) && recu.issue() == Issue.KO);
    }

    private boolean heardByOc(EnCours played, Parole parole) {
        if (!joues.contains(Cote.OC)) {
            return true;
        }
        Vie vie = played.partie.oc();
        for (OcSimule.Recu recu : oc(played.partie).heard(reference(parole, vie))) {
            if (recu.flux().equals(parole.flux()) && !taken.contains(recu)) {
                check(parole, recu);
                taken.add(recu);
                vie.remember(recu.flux(), recu.champs());
                return true;
            }
        }
        waiting = parole + " dans sortant/";
        return false;
    }

    private void check(Parole parole, OcSimule.Recu recu) {
        recu.trahit().ifPresent(nom -> {
            throw new Discord("le fichier reçu nomme un autre OC : " + nom);
        });
        parole.issue().filter(issue -> issue != recu.issue()).ifPresent(issue -> {
            throw new Discord("attendu " + issue + ", reçu " + recu.issue() + " : " + recu.champs());
        });
        String motif = dialecte.flux(parole.flux())
                .motif()
                .map(champ -> recu.champs().getOrDefault(champ, ""))
                .orElse("");
        parole.motif().filter(code -> !dialecte.says(motif, code)).ifPresent(code -> {
            throw new Discord("motif attendu " + code + ", reçu « " + motif + " »");
        });
        parties.voulus(parole.champs()).forEach((champ, valeur) -> {
            String read = recu.champs().getOrDefault(champ, "");
            if (!read.equals(valeur)) {
                throw new Discord("%s : attendu « %s », reçu « %s »".formatted(champ, valeur, read));
            }
        });
    }

    private String reference(Parole parole, Vie vie) {
        return vie.get(
                dialecte.flux(parole.flux()).objet().equals("rdv")
                        ? "ReferenceDemandeOC"
                        : "ReferenceCommandePriseInterneOC");
    }

    private boolean reads(EnCours played) throws IOException, InterruptedException {
        Vie oc = played.partie.oc();
        return reads(played.step.etat(), "commande", played, oc.reference())
                && reads(played.step.etatRdv(), "rdv", played, oc.get("ReferenceDemandeOC"));
    }

    private boolean reads(Optional<String> expected, String objet, EnCours played, String reference)
            throws IOException, InterruptedException {
        if (expected.isEmpty()) {
            return true;
        }
        String etat = lecture.find(objet, played.partie.operateur(), reference).orElse(NEANT);
        waiting = "l'état %s (%s) ; lu : %s"
                .formatted(expected.get(), objet, etat.equals(NEANT) ? "aucun dossier" : etat);
        return etat.equals(expected.get());
    }

    /** Nothing more must have been said than what the scénario says. */
    private void finish(Step last, Instant now) {
        Optional<OcSimule.Recu> more = parties.all().stream()
                .flatMap(partie -> Stream.of(partie.reference(), partie.oc().get("ReferenceDemandeOC"))
                        .flatMap(reference -> oc(partie).heard(reference).stream()))
                .filter(recu -> !taken.contains(recu))
                .findFirst();
        if (more.isPresent()) {
            fail(last, "de trop : " + more.get().flux() + " " + more.get().champs(), now);
        } else {
            over(now);
        }
    }

    private void fail(Step step, String why, Instant now) {
        failure = Optional.of("ligne %d, %s : %s".formatted(step.ligne(), step, why));
        over(now);
    }

    private void over(Instant now) {
        end = now;
        for (Partie partie : parties.all()) {
            oc(partie).forget(partie.oc());
            si.forget(partie.oc(), decisions);
        }
    }

    /** What was heard is not what the scénario says. */
    private static final class Discord extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Discord(String message) {
            super(message);
        }
    }
}
