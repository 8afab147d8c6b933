package fr.interophub.bacasable;

import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.bacasable.Scenario.Step;
import fr.interophub.catalogue.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Plays one scénario for one OC, never waiting: each call of {@link #advance} goes as far as the facts allow. A step holds
 * when the party it was said to has it in hands, and the dossier reads the state the scénario expects.
 */
final class Joueur {

    /** What the hub says by itself, whatever the SI's mode: it is waited for, not decided. */
    private static final Set<String> HUB_SAYS = Set.of("AR_Cmd_Acces", "CR_Annulation_Acces", "Notif_Ecrasement");

    private final Scenario scenario;
    private final Specimen specimen;
    private final Dialecte dialecte;
    private final Lecture lecture;
    private final OcSimule oc;
    private final SiSimule si;
    private final Rythme rythme;
    private final Instant begin;
    private final Vie chezOc;
    private final Vie chezOi;

    /** By identity: two messages of the same minute may be alike to the letter. */
    private final Set<OcSimule.Recu> taken = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<SiSimule.Demande> told = new HashSet<>();

    private final List<String> decisions = new ArrayList<>();

    private int index;
    private boolean played;
    private boolean held;
    private Instant notBefore;
    private Instant limit;
    private String waiting = "";
    private String decision;
    private OcSimule.Depot depot;
    private Optional<String> before = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private Instant end;

    Joueur(
            Scenario scenario,
            Specimen specimen,
            Dialecte dialecte,
            Lecture lecture,
            OcSimule oc,
            SiSimule si,
            Rythme rythme,
            Instant now) {
        this.scenario = scenario;
        this.specimen = specimen;
        this.dialecte = dialecte;
        this.lecture = lecture;
        this.oc = oc;
        this.si = si;
        this.rythme = rythme;
        this.begin = now;
        this.notBefore = now;
        this.chezOc = specimen.open(oc.operateur(), scenario.modele(), scenario.cas());
        this.chezOi = specimen.facing(chezOc);
    }

    boolean over() {
        return end != null;
    }

    Troupe.Resultat result() {
        return new Troupe.Resultat(scenario, oc.operateur(), chezOc.reference(), Duration.between(begin, end), failure);
    }

    /** Goes as far as the facts allow; true if something moved. */
    boolean advance(Instant now) throws InterruptedException {
        boolean moved = false;
        while (!over() && !now.isBefore(notBefore)) {
            Step step = scenario.steps().get(index);
            limit = limit == null ? now.plus(rythme.limite()) : limit;
            try {
                if (!played) {
                    play(step);
                    played = true;
                    held = step.dit().isEmpty();
                    moved = true;
                }
                held = held || holds(step, step.dit().orElseThrow());
                if (!held || !reads(step)) {
                    if (now.isAfter(limit)) {
                        fail(step, "attendu en vain : " + waiting, now);
                    }
                    return moved;
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
            moved = true;
            played = false;
            limit = null;
            notBefore = now.plus(rythme.pas());
            if (++index == scenario.steps().size()) {
                finish(now);
            }
        }
        return moved;
    }

    private void play(Step step) throws IOException, InterruptedException {
        Parole parole = step.dit().orElse(null);
        if (parole == null) {
            return;
        }
        if (!dialecte.flux(parole.flux()).emisPar().contains(parole.role())) {
            throw new Discord(parole.flux() + " n'est pas à l'" + parole.role() + " de le dire");
        }
        before = step.refus().isPresent() ? lecture.find(oc.operateur(), chezOc.reference()) : Optional.empty();
        if (parole.role() == Role.OC) {
            Map<String, String> champs = champs(parole, chezOc);
            chezOc.remember(parole.flux(), champs);
            depot = oc.say(parole.flux(), champs);
        } else if (!hubSays(parole)) {
            Map<String, String> champs = champs(parole, chezOi);
            decision = id(step);
            decisions.add(decision);
            si.decide(decision, oc.operateur(), parole.flux(), champs);
            if (step.refus().isEmpty()) {
                chezOi.remember(parole.flux(), champs);
            }
        }
    }

    private Map<String, String> champs(Parole parole, Vie vie) {
        String motif = parole.motif().map(dialecte::motif).orElse("");
        Map<String, String> champs =
                specimen.champs(parole.flux(), parole.issue().orElse(null), motif, vie, parole.champs());
        dialecte.requireChamps(parole.flux(), champs);
        return champs;
    }

    /** Of what the OI says, the rejection for overload too comes from the hub; no case of ours provokes it yet. */
    private static boolean hubSays(Parole parole) {
        return HUB_SAYS.contains(parole.flux());
    }

    /** Derived from the demande it answers: played again on the same hub, the same answer has the same id. */
    private String id(Step step) {
        String demande = si.heard(oc.operateur(), chezOc.reference()).stream()
                .findFirst()
                .map(SiSimule.Demande::id)
                .orElse(chezOc.reference());
        return demande + "-" + step.numero();
    }

    /** True once the party it was said to has it in hands, or has refused it as it must. */
    private boolean holds(Step step, Parole parole) throws IOException, InterruptedException {
        if (parole.role() == Role.OC) {
            return step.refus().isPresent() ? setAside(step) : heardBySi(parole);
        }
        if (hubSays(parole)) {
            return heardByOc(parole);
        }
        Optional<SiSimule.Verdict> verdict = si.verdict(decision);
        if (verdict.isEmpty()) {
            waiting = "le verdict de la décision " + decision;
            return false;
        }
        if (step.refus().isPresent()) {
            return refused(step, verdict.get().ok(), verdict.get().motif());
        }
        if (!verdict.get().ok()) {
            throw new Discord("décision refusée : " + verdict.get().motif() + " "
                    + verdict.get().detail());
        }
        return heardByOc(parole);
    }

    private boolean setAside(Step step) throws IOException, InterruptedException {
        Optional<String> motif = lecture.findQuarantaine(oc.operateur(), depot);
        waiting = depot.fichier() + " en quarantaine";
        return motif.isPresent() && refused(step, false, motif.get());
    }

    private boolean refused(Step step, boolean ok, String motif) throws IOException, InterruptedException {
        if (ok || !motif.equals(step.refus().orElseThrow())) {
            throw new Discord("refus attendu : " + step.refus().orElseThrow() + ", reçu : " + (ok ? "OK" : motif));
        }
        Optional<String> after = lecture.find(oc.operateur(), chezOc.reference());
        if (!after.equals(before)) {
            throw new Discord("une étape refusée a mené le dossier de %s à %s"
                    .formatted(before.orElse("rien"), after.orElse("rien")));
        }
        return true;
    }

    /** An order refused at once gives no demande: its AR KO says that the hub took it. */
    private boolean heardBySi(Parole parole) {
        String reference = reference(parole, chezOc);
        for (SiSimule.Demande demande : si.heard(oc.operateur(), reference)) {
            if (demande.flux().equals(parole.flux()) && told.add(demande)) {
                chezOi.remember(demande.flux(), demande.champs());
                return true;
            }
        }
        waiting = "la demande " + parole.flux() + " chez le SI";
        return parole.flux().equals("Cmd_Acces")
                && oc.heard(reference).stream()
                        .anyMatch(r -> !taken.contains(r) && r.flux().equals("AR_Cmd_Acces"));
    }

    private boolean heardByOc(Parole parole) {
        for (OcSimule.Recu recu : oc.heard(reference(parole, chezOc))) {
            if (recu.flux().equals(parole.flux()) && !taken.contains(recu)) {
                check(parole, recu);
                taken.add(recu);
                chezOc.remember(recu.flux(), recu.champs());
                return true;
            }
        }
        waiting = parole + " dans sortant/";
        return false;
    }

    private void check(Parole parole, OcSimule.Recu recu) {
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
        parole.champs().forEach((champ, valeur) -> {
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

    private boolean reads(Step step) throws IOException, InterruptedException {
        if (step.etat().isEmpty()) {
            return true;
        }
        Optional<String> etat = lecture.find(oc.operateur(), chezOc.reference());
        waiting = "l'état " + step.etat().get() + " ; lu : " + etat.orElse("aucun dossier");
        return etat.equals(step.etat());
    }

    /** Nothing more must have been said than what the scénario says. */
    private void finish(Instant now) {
        Optional<OcSimule.Recu> more = oc.heard(chezOc.reference()).stream()
                .filter(recu -> !taken.contains(recu))
                .findFirst();
        if (more.isPresent()) {
            fail(
                    scenario.steps().get(index - 1),
                    "de trop : " + more.get().flux() + " " + more.get().champs(),
                    now);
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
        oc.forget(chezOc);
        si.forget(chezOc, decisions);
    }

    /** What was heard is not what the scénario says. */
    private static final class Discord extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Discord(String message) {
            super(message);
        }
    }
}
