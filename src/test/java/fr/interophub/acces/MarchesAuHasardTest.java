package fr.interophub.acces;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.acces.LectureNaive.Dit;
import fr.interophub.acces.LectureNaive.Passage;
import fr.interophub.acces.Salle.Affaire;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Quarantaine;
import fr.interophub.echange.Sens;
import fr.interophub.operateur.Operateur;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Lives that nobody has written: whatever an OC and an SI say, and whenever they say it, the table is obeyed. {@code
 * -Dmarches.graine} gives a failed run's walks again, {@code -Dmarches.dossiers} says how many: fewer promise less.
 */
@DisplayName("Des marches au hasard, messages admis et interdits mêlés : la table est obéie, l'état suit le journal")
class MarchesAuHasardTest {

    private static final int DOSSIERS = Integer.getInteger("marches.dossiers", 10_000);
    private static final int LONGUEUR = 40;

    /** Every flux that a line of the order's table speaks of, appointments included. */
    private static final List<Flux> FLUX = Salle.PAGE.flux().stream()
            .filter(flux -> LectureNaive.TABLE.stream()
                    .anyMatch(passage -> passage.sur().equals(flux.code())))
            .toList();

    private static final List<Operateur> CONTRATS = List.of(
            Essai.OCXA,
            Essai.OCXA,
            Essai.contrat(Essai.OCXA, Map.of("gelDegel", true, "motifs", "code-libelle")),
            Essai.contrat(Essai.OCXA, Map.of("crKoAvecAnnulation", true)),
            Essai.contrat(Essai.OCXA, Map.of("messOiHorsSequence", true, "gelDegel", true)));

    private final long graine = Long.getLong("marches.graine", System.nanoTime() & 0xffffff);

    /** Lines of the table by which something was said. */
    private final Set<Passage> walked = ConcurrentHashMap.newKeySet();

    private final LongAdder admitted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    @Test
    void theTableIsObeyedWhateverIsSaid() {
        System.out.printf("%1$d marches, graine %2$d (-Dmarches.graine=%2$d)%n", DOSSIERS, graine);
        IntStream.range(0, DOSSIERS).parallel().forEach(this::walk);
        assertThat(admitted.sum()).as("messages admitted").isGreaterThan(DOSSIERS * 4L);
        assertThat(refused.sum()).as("messages refused").isGreaterThan(DOSSIERS * 4L);
        if (DOSSIERS >= 10_000) {
            assertThat(LectureNaive.TABLE)
                    .as("lines of the table that no walk has taken, graine %d", graine)
                    .allMatch(walked::contains);
        }
    }

    /** The n-th walk: alone it is the same as among the others. */
    private void walk(int n) {
        Marche marche = new Marche(new Random(graine * 1_000_003 + n));
        try {
            marche.walk();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "graine %d, dossier %d%n%s".formatted(graine, n, String.join("\n", marche.said)), e);
        }
    }

    /** One order from its first word to its last. */
    private final class Marche {

        private final Random hasard;
        private final Salle salle;
        private final LectureNaive lecture;
        private final List<String> said = new ArrayList<>();
        private final Affaire affaire;
        private int seen;

        /** The day from which an annulation is a résiliation. */
        private LocalDate pivot;

        Marche(Random hasard) {
            this.hasard = hasard;
            this.salle = new Salle(any(CONTRATS));
            this.lecture = new LectureNaive(salle.oc.contrat());
            this.affaire = open();
        }

        private boolean chance(int percent) {
            return hasard.nextInt(100) < percent;
        }

        private <T> T any(List<T> things) {
            return things.get(hasard.nextInt(things.size()));
        }

        /** Mostly a sound order; some are faulty, or come on a socket where their OC has an order in progress. */
        private Affaire open() {
            Modele modele = any(List.of(Modele.values()));
            CasPto cas = any(List.of(CasPto.values()));
            Map<String, String> voulus = new LinkedHashMap<>();
            if (chance(5)) {
                voulus.put(any(List.of("TypeRacco", "TypeCommandeDemande", "PriseExistante")), "?");
            }
            if (cas == CasPto.IDENTIFIEE && chance(10)) {
                Affaire other = salle.affaire(modele, cas);
                voulus.put("ReferencePrise", other.commande.get("ReferencePrise"));
            }
            said.add("%s, %s, %s".formatted(modele, cas, voulus));
            return salle.affaire(modele, cas, voulus);
        }

        void walk() {
            look(null);
            int length = 1 + hasard.nextInt(LONGUEUR);
            int checkpoint = hasard.nextInt(length);
            for (int i = 0; i < length; i++) {
                salle.clock.advance(Duration.ofMinutes(any(List.of(0, 0, 1, 50, 600, 2000))));
                Dossier before = affaire.dossier();
                step(before);
                look(before);
                if (i == checkpoint || i == length - 1) {
                    Repli.assertFollowsJournal(affaire.dossier(), salle.registre.messages(), salle.oc.contrat());
                }
            }
        }

        private void step(Dossier before) {
            int move = hasard.nextInt(100);
            if (move < 4) {
                anotherOcTakesTheLine(before.references().getOrDefault("ReferencePrise", ""));
            } else if (move < 7) {
                said.add("OC dit Cmd_Acces, même référence, autre client");
                salle.receive("Cmd_Acces", Salle.with(affaire.commande, "NomClient", "AUTRE"));
            } else {
                say(chance(60) ? admissible() : anything());
            }
        }

        private void anotherOcTakesTheLine(String prise) {
            if (prise.startsWith("OI-")) {
                said.add("OCXB met en service sur " + prise);
                salle.as(Essai.OCXB)
                        .affaire(Modele.OC, CasPto.IDENTIFIEE, Map.of("ReferencePrise", prise))
                        .oi("CR_Cmd_Acces", Issue.OK)
                        .oc("CR_MES_LigneFTTH", null);
            }
        }

        private void say(Dit dit) {
            boolean sound = !chance(10);
            Map<String, String> champs = sound ? dit.champs() : spoilt(dit.champs());
            said.add("%s dit %s%s"
                    .formatted(dit.role(), Message.said(dit.flux(), dit.issue()), sound ? "" : " " + champs));
            if (dit.role() == Role.OC) {
                salle.receive(dit.flux(), chance(10) ? List.of(champs, champs) : List.of(champs));
            } else if (salle.decide(dit.flux(), champs) instanceof Verdict.Ko ko) {
                refused.increment();
                assertThat(salle.registre.messages()).as("%s", ko).hasSize(seen);
                // An answer about an appointment must also be the one that is waited for.
                sound &= Salle.PAGE.flux(dit.flux()).objet().equals(Commandes.OBJET);
                if (sound) {
                    assertThat(ko.motif()).isIn("HORS_SEQUENCE", "FLUX_INTERDIT", "FLUX_NON_PRATIQUE");
                }
                if (sound && ko.motif().equals("HORS_SEQUENCE")) {
                    assertThat(lecture.admits(dit)).as("%s", ko).isEmpty();
                }
            } else {
                assertThat(salle.registre.messages()).hasSizeGreaterThan(seen);
            }
        }

        /** One field is wrong, but not the order's reference. */
        private Map<String, String> spoilt(Map<String, String> champs) {
            List<String> fields = champs.keySet().stream()
                    .filter(champ -> !champ.equals("ReferenceCommandePriseInterneOC"))
                    .toList();
            return Salle.with(champs, any(fields), any(List.of("", "?", "20261331 25:61", "KO")));
        }

        /** What has been written since the last look is what the table allows, and nothing else has changed. */
        private void look(Dossier before) {
            Dossier after = affaire.dossier();
            Set<UUID> horsSequence = salle.registre.lots().stream()
                    .flatMap(lot -> lot.quarantaines().stream())
                    .filter(quarantaine -> quarantaine.motif().equals("HORS_SEQUENCE"))
                    .map(Quarantaine::messageId)
                    .collect(Collectors.toSet());
            List<Message> journal = salle.registre.messages();
            List<Message> fresh = journal.subList(seen, journal.size()).stream()
                    .filter(message -> after.id().equals(message.dossierId()))
                    .sorted(Comparator.comparingInt(Message::rang))
                    .toList();
            seen = journal.size();
            for (Message message : fresh) {
                if (message.nature() == null) {
                    follow(message);
                } else if (horsSequence.contains(message.id())) {
                    refused.increment();
                    assertThat(lecture.admits(dit(message)))
                            .as("%s gardé de côté en %s", message.flux(), lecture.etat())
                            .isEmpty();
                } else if (message.sens() == Sens.SORTANT) {
                    assertThat(message.flux()).as("said again").isIn("AR_Cmd_Acces", "ReponseRdv");
                    assertThat(message.nature()).isEqualTo(Nature.REPETE);
                }
            }
            assertThat(after.etat()).isEqualTo(lecture.etat());
            if (fresh.stream().allMatch(message -> message.nature() != null) && before != null) {
                assertThat(after.vieEnUneLigne()).isEqualTo(before.vieEnUneLigne());
                assertThat(after.faits()).isEqualTo(before.faits());
                assertThat(after.references()).isEqualTo(before.references());
            }
        }

        private Dit dit(Message message) {
            Role role = message.sens() == Sens.ENTRANT ? Role.OC : Role.OI;
            return new Dit(role, message.flux(), message.issue(), Salle.champs(message));
        }

        /** A message that counts in the life of the order. */
        private void follow(Message message) {
            Dit dit = dit(message);
            Optional<Passage> passage = lecture.admits(dit);
            assertThat(passage)
                    .as("%s %s en %s", dit.flux(), dit.issue(), lecture.etat())
                    .isPresent();
            if (dit.champs().get("TypeOperation") != null) {
                assertThat(dit.champs()).containsEntry("TypeOperation", pivotReached() ? "RESIL" : "ANNUL");
            }
            lecture.say(dit, passage.get());
            affaire.heard(dit.flux(), dit.champs());
            if (message.sens() == Sens.SORTANT) {
                assertThat(message.etat()).as("%s", dit.flux()).isEqualTo(lecture.etat());
            }
            pivot = pivot == null && isPivot(dit) ? LocalDate.ofInstant(message.date(), Dates.PARIS) : pivot;
            walked.add(passage.get());
            admitted.increment();
        }

        /** Spec §5.9: the CR in model OC, the first CR_MAD OK in the others; what is in service is always past it. */
        private boolean isPivot(Dit dit) {
            return "OC".equals(affaire.commande.get("TypeRacco"))
                    ? dit.flux().equals("CR_Cmd_Acces")
                    : dit.flux().equals("CR_MAD_LigneFTTH") && dit.issue() == Issue.OK;
        }

        private boolean pivotReached() {
            LocalDate today = LocalDate.ofInstant(salle.clock.instant(), Dates.PARIS);
            return lecture.etat().equals("EN_SERVICE") || pivot != null && !today.isBefore(pivot);
        }

        private Dit anything() {
            Flux flux = any(FLUX);
            return message(flux, flux.etat().isEmpty() ? null : any(List.of(Issue.values())));
        }

        /** A flux as it would be said now, by a party that may say it. */
        private Dit message(Flux flux, Issue issue) {
            Role role = any(flux.emisPar().stream().sorted().toList());
            Map<String, String> champs = new LinkedHashMap<>(
                    flux.code().equals("AR_Cmd_Acces") || flux.code().equals("CR_Annulation_Acces")
                            ? answer(flux, issue)
                            : role == Role.OC ? affaire.ofOc(flux.code(), issue) : affaire.ofOi(flux.code(), issue));
            switch (flux.code()) {
                case "CR_Cmd_Acces" -> {
                    if (issue == Issue.OK && chance(20)) {
                        champs.put("ReferencePrise", "HOTLINE");
                    }
                }
                case "Notif_Reprov" -> {
                    champs.put("TypeReprov", any(List.of("CHAUD", "FROID")));
                    if (champs.get("TypeReprov").equals("FROID")) {
                        champs.put("NumeroDecharge", "");
                    }
                }
                case "CR_STOC" -> {
                    champs.put("PrisePosee", any(List.of("OUI", "NON")));
                    if (issue == Issue.KO && chance(30)) {
                        champs.put("MotifKoCrRaccordementPrise", Salle.libelle("FIMP18"));
                    }
                }
                case "Gel_Degel" -> champs.put("TypeGel", any(List.of("GEL", "DEGEL")));
                default -> {
                    // Nothing that a condition of the table asks.
                }
            }
            return new Dit(role, flux.code(), issue, champs);
        }

        /** What the hub alone says, as an SI would say it. */
        private Map<String, String> answer(Flux flux, Issue issue) {
            Map<String, String> champs = new LinkedHashMap<>();
            champs.put(flux.reference(), affaire.dossier().cle());
            champs.put(flux.etat().orElseThrow(), issue.name());
            if (issue == Issue.KO) {
                champs.put(flux.motif().orElseThrow(), Salle.libelle("FAUT01"));
            } else if (flux.code().equals("CR_Annulation_Acces")) {
                champs.put("TypeOperation", any(List.of("ANNUL", "RESIL")));
            }
            return champs;
        }

        /** One that the table admits now, if luck finds one; seldom one that ends the order at once. */
        private Dit admissible() {
            List<Passage> here = LectureNaive.TABLE.stream()
                    .filter(passage -> passage.en().contains(lecture.etat()))
                    .toList();
            for (int tries = 0; tries < 10; tries++) {
                Passage wanted = any(here);
                String exit = any(wanted.exits().keySet().stream().sorted().toList());
                boolean ends = wanted.sur().equals("Annulation_Acces")
                        || wanted.exits().get(exit).startsWith("REJETEE");
                Dit dit = message(
                        Salle.PAGE.flux(wanted.sur()),
                        exit.equals("vers") ? null : exit.equals("ok") ? Issue.OK : Issue.KO);
                if ((!ends || chance(20)) && lecture.admits(dit).isPresent()) {
                    return dit;
                }
            }
            return anything();
        }
    }
}
