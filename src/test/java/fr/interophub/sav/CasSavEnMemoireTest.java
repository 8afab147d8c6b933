package fr.interophub.sav;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.HorlogeDEssai;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Chemin;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.MemoireRegistre;
import fr.interophub.echange.Message;
import fr.interophub.echange.Sens;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Acces;
import fr.interophub.parc.MemoireParc;
import fr.interophub.sav.Cas.Autour;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Les cas du SAV, joués tels qu'ils sont écrits, en mémoire")
class CasSavEnMemoireTest {

    static Stream<Cas> cases() {
        return Cas.load().stream().filter(cas -> cas.joue(Cas.MEMOIRE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsWhereTheProtocolSays(Cas cas) {
        Hub hub = new Hub(cas);
        cas.lignes().forEach(hub::play);
        hub.everythingArrived();
        hub.statesFollowJournal();
    }

    /** The room over a memory, and those who speak with it. */
    private static final class Hub extends JeuDeCas {

        private final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T10:00:00Z");
        private final MemoireRegistre registre = new MemoireRegistre();
        private final MemoireParc parc = new MemoireParc();
        private final MemoireTickets tickets = new MemoireTickets();
        private final MemoireCreneaux creneaux = new MemoireCreneaux();
        private final Signalisations room = SavDEssai.memoire(registre, parc, tickets, creneaux, clock);
        private Map<String, Object> contrat = Map.of();

        Hub(Cas cas) {
            super(cas);
            access("A1", Map.of());
        }

        private Operateur oc(String qui) {
            return qui.equals("OC2")
                    ? SavDEssai.oc("OCXB", "920000007", contrat)
                    : SavDEssai.oc("OCXA", "910000009", contrat);
        }

        @Override
        protected String siren(String qui) {
            return oc(qui).siren();
        }

        @Override
        protected Etats states(String key) {
            Dossier ticket = registre.dossiers().stream()
                    .filter(dossier -> key.equals(dossier.references().get(Champs.KEY)))
                    .findFirst()
                    .orElseThrow();
            return new Etats(ticket.etat(), ticket.faits().getOrDefault(Faits.RESOLUTION, ""));
        }

        @Override
        protected int tickets() {
            return registre.dossiers().size();
        }

        @Override
        protected Entendu call(String qui, boolean create, String action, Map<String, String> champs) {
            Appel appel = new Appel(action, champs, null, "SOAP");
            Reponse reponse = create ? room.create(oc(qui), appel) : room.set(oc(qui), appel);
            return new Entendu(reponse.code(), reponse.libelle(), reponse.troubleTicketKey());
        }

        @Override
        protected Entendu decide(String qui, String action, Map<String, String> champs) {
            Verdict verdict = room.decide(oc(qui), action, champs);
            if (verdict instanceof Verdict.Ko ko) {
                String[] said = ko.detail().split(" ", 2);
                return new Entendu(Integer.parseInt(said[0]), said[1], null);
            }
            String detail = ((Verdict.Ok) verdict).detail();
            return new Entendu(0, detail, detail.replace("ticket ", ""));
        }

        @Override
        protected Lu read(String qui, Map<String, String> criteres, List<String> attrNames) {
            Lecture lecture = room.read(oc(qui), criteres, attrNames);
            return new Lu(lecture.reponse().code(), lecture.reponse().libelle(), lecture.champs());
        }

        @Override
        protected List<Map<String, String>> emitted() {
            return tickets.emitted().stream()
                    .map(message -> {
                        Map<String, String> champs = new HashMap<>(Json.read(message.champs()));
                        champs.put(Champs.DESCRIPTION, message.flux());
                        return champs;
                    })
                    .toList();
        }

        @Override
        protected void agree(Map<String, Object> contrat) {
            this.contrat = contrat;
        }

        @Override
        protected void offer(String creneau, boolean pris) {
            if (pris) {
                creneaux.take(creneau);
            } else {
                creneaux.offer(creneau);
            }
        }

        @Override
        protected boolean free(String creneau) {
            return creneaux.free(creneau);
        }

        @Override
        protected void time(Instant instant) {
            clock.advance(Duration.between(clock.instant(), instant));
        }

        @Override
        protected void other(Autour autour) {
            assertThat(autour.verbe()).isEqualTo("plan");
            creneaux.down(autour.quoi().equals("indisponible"));
        }

        @Override
        protected void access(String nom, Map<String, String> valeurs) {
            parc.write(List.of(new Acces(
                    oc(operateur(valeurs)).code(),
                    nom,
                    valeurs.getOrDefault("prise", "PTO-" + nom),
                    Instant.parse("2026-01-31T11:00:00Z"),
                    valeurs.get("gtr"),
                    true,
                    Acces.Etat.valueOf(valeurs.getOrDefault("etat", "EN_SERVICE")),
                    null)));
        }

        @Override
        protected void order(String nom) {
            registre.write(SavDEssai.ordered("OCXA", nom, clock.instant()));
        }

        private List<Message> life(Dossier ticket) {
            return registre.list(
                    ticket.id(),
                    SavDEssai.CATALOGUE.page("sav", ticket.version()).flux().stream()
                            .map(Flux::code)
                            .toList());
        }

        /** A ticket is the fold of its messages, over both tables. */
        void statesFollowJournal() {
            Suivi suivi = new Suivi(SavDEssai.CATALOGUE);
            for (Dossier ticket : registre.dossiers()) {
                if (ticket.objet().equals(Signalisations.OBJET)) {
                    assertThat(life(ticket)).isNotEmpty();
                    Dossier folded = Dossier.open(
                            ticket.objet(),
                            ticket.protocole(),
                            ticket.version(),
                            ticket.operateur(),
                            ticket.cle(),
                            null,
                            Passage.NEANT,
                            ticket.creeLe());
                    for (Message message : life(ticket)) {
                        Role role = message.sens() == Sens.SORTANT ? Role.OI : Role.OC;
                        Dit dit = new Dit(message.flux(), null, role, Json.read(message.champs()));
                        assertThat(suivi.advance(
                                        folded, dit, oc("OC").contrat().sav().requalification(), message.date()))
                                .as("%s, %s", cas().id(), message)
                                .isTrue();
                    }
                    Map<String, String> faits = new HashMap<>(ticket.faits());
                    faits.keySet().removeAll(List.of(Faits.ORIGINE, Faits.SUITE));
                    assertThat(folded.vieEnUneLigne()).isEqualTo(ticket.vieEnUneLigne());
                    assertThat(folded.faits()).isEqualTo(faits);
                    assertThat(Optional.of(folded.etat())).contains(ticket.etat());
                    walkedToItsStates(ticket);
                }
            }
        }

        /** What the console draws ends where the ticket is. */
        private void walkedToItsStates(Dossier ticket) {
            List<Chemin.Dit> dits = life(ticket).stream()
                    .map(message -> new Chemin.Dit(
                            message.sens() == Sens.SORTANT ? Role.OI : Role.OC,
                            message.flux(),
                            null,
                            Json.read(message.champs()),
                            message.date()))
                    .toList();
            Parcours parcours = new Parcours(SavDEssai.CATALOGUE);
            parcours.walk(ticket, dits, oc("OC").contrat()).forEach((table, pas) -> {
                assertThat(pas).as(cas().id()).hasSameSizeAs(dits);
                assertThat(pas.get(pas.size() - 1).vers())
                        .as("%s, %s", cas().id(), table)
                        .isEqualTo(Parcours.etat(ticket, table));
            });
        }
    }
}
