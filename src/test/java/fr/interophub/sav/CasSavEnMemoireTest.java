package fr.interophub.sav;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import fr.interophub.HorlogeDEssai;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Chemin;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.MemoireRegistre;
import fr.interophub.echange.Message;
import fr.interophub.echange.Sens;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Acces;
import fr.interophub.parc.MemoireParc;
import fr.interophub.sav.Cas.Autour;
import fr.interophub.sav.Cas.Etat;
import fr.interophub.sav.Cas.Parole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Les cas du SAV, joués tels qu'ils sont écrits, en mémoire")
class CasSavEnMemoireTest {

    static Stream<Cas> cases() {
        return Cas.load().stream();
    }

    @Test
    @DisplayName("chaque cas de la liste a son fichier, ou dit ce qu'il lui faut")
    void theListIsPlayed() throws IOException {
        List<String> played = new ArrayList<>();
        try (var lines = CsvReader.builder().fieldSeparator(';').ofNamedCsvRecord(Cas.DOSSIER.resolve("cas.csv"))) {
            for (var line : lines) {
                assertThat(line.getField("joue")).isIn("memoire", "fil");
                if (line.getField("joue").equals("memoire")) {
                    played.add(line.getField("id"));
                }
            }
        }
        assertThat(cases().map(Cas::id)).containsExactlyInAnyOrderElementsOf(played);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsWhereTheProtocolSays(Cas cas) {
        Hub hub = new Hub(cas);
        cas.lignes().forEach(hub::play);
        hub.statesFollowJournal();
    }

    /** The room over a memory, and those who speak with it. */
    private static final class Hub {

        private final Cas cas;
        private final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T10:00:00Z");
        private final MemoireRegistre registre = new MemoireRegistre();
        private final MemoireParc parc = new MemoireParc();
        private final MemoireTickets tickets = new MemoireTickets();
        private final MemoireCreneaux creneaux = new MemoireCreneaux();
        private final Signalisations room = SavDEssai.memoire(registre, parc, tickets, creneaux, clock);
        private final Paroles paroles = new Paroles();
        private final Map<String, String> contrat = new LinkedHashMap<>();
        private final Map<String, String> names = new HashMap<>();
        /** Whose ticket a key is. */
        private final Map<String, String> owners = new HashMap<>();

        private String key;
        private String nextName;

        Hub(Cas cas) {
            this.cas = cas;
            access("A1", Map.of());
        }

        void play(Cas.Ligne ligne) {
            String where = "%s, ligne %d".formatted(cas.id(), ligne.numero());
            if (ligne instanceof Parole parole) {
                say(parole, where);
            } else if (ligne instanceof Etat etat) {
                Dossier ticket = ticket(key);
                assertThat(ticket.etat()).as(where).isEqualTo(etat.etat());
                assertThat(ticket.faits().getOrDefault(Faits.RESOLUTION, ""))
                        .as(where)
                        .isEqualTo(etat.resolution());
            } else if (ligne instanceof Autour autour) {
                around(autour, where);
            }
        }

        private Operateur oc(String qui) {
            return qui.endsWith("2")
                    ? SavDEssai.oc("OCXB", "920000007", contract())
                    : SavDEssai.oc("OCXA", "910000009", contract());
        }

        private Map<String, Object> contract() {
            Map<String, Object> values = new HashMap<>();
            contrat.forEach(
                    (nom, valeur) -> values.put(nom, valeur.matches("[0-9]+") ? Integer.valueOf(valeur) : valeur));
            return values;
        }

        private Dossier ticket(String wanted) {
            return registre.dossiers().stream()
                    .filter(dossier -> wanted.equals(dossier.references().get(Champs.KEY)))
                    .findFirst()
                    .orElseThrow();
        }

        private void say(Parole parole, String where) {
            Operateur oc = oc(parole.qui());
            switch (parole.qui()) {
                case "OC", "OC2" -> call(parole, oc, where);
                case "OI" -> decide(parole, oc(owners.getOrDefault(key, "OC")), where);
                default -> read(parole, oc, where);
            }
        }

        private Map<String, String> champs(Parole parole, Operateur oc) {
            return paroles.champs(
                    parole,
                    oc.siren(),
                    SavDEssai.OI,
                    key,
                    key == null ? null : ticket(key).etat(),
                    names);
        }

        private void call(Parole parole, Operateur oc, String where) {
            Map<String, String> champs = champs(parole, oc);
            String action = champs.getOrDefault("description", parole.action());
            if (parole.voulus().getOrDefault("description", action).isEmpty()) {
                action = null;
            }
            champs.remove("description");
            boolean create = "create".equals(parole.voulus().get("service"))
                    || parole.action().equals(Champs.CREATE)
                            && !"set".equals(parole.voulus().get("service"));
            champs.remove("service");
            Appel appel = new Appel(action, champs, null, "SOAP");
            int before = registre.dossiers().size();
            Reponse reponse = create ? room.create(oc, appel) : room.set(oc, appel);
            check(parole, reponse.code(), reponse.libelle(), where);
            if (create && reponse.code() == 0) {
                opened(reponse.troubleTicketKey(), parole.qui());
            } else if (create) {
                assertThat(registre.dossiers())
                        .as("%s : rien n'est créé", where)
                        .hasSize(before);
                assertThat(reponse.troubleTicketKey()).isNull();
            }
        }

        private void opened(String newKey, String owner) {
            key = newKey;
            owners.put(key, owner);
            if (nextName != null) {
                assertThat(names.getOrDefault("$" + nextName, key)).isEqualTo(key);
                names.put("$" + nextName, key);
                nextName = null;
            }
        }

        private static void check(Parole parole, int code, String libelle, String where) {
            assertThat(code).as("%s : %s", where, libelle).isEqualTo(parole.code());
            if (!parole.champ().isEmpty()) {
                assertThat(libelle).as(where).contains("INFO " + parole.champ() + " ");
            }
        }

        private void decide(Parole parole, Operateur oc, String where) {
            Map<String, String> champs = new HashMap<>(champs(parole, oc));
            // The hub fills in what it knows; a case that wants to say it says so.
            for (String known : List.of("serviceProviderID", "supplierID", "troubleTicketState")) {
                if (!parole.voulus().containsKey(known)) {
                    champs.remove(known);
                }
            }
            int emitted = tickets.emitted().size();
            Verdict verdict = room.decide(oc, parole.action(), champs);
            if (verdict instanceof Verdict.Ko ko) {
                String[] said = ko.detail().split(" ", 2);
                check(parole, Integer.parseInt(said[0]), said[1], where);
                assertThat(tickets.emitted()).as("%s : rien ne part", where).hasSize(emitted);
            } else {
                check(parole, 0, ((Verdict.Ok) verdict).detail(), where);
                if (parole.action().equals(Champs.CREATE)) {
                    opened(((Verdict.Ok) verdict).detail().replace("ticket ", ""), "OC");
                }
            }
        }

        private void read(Parole parole, Operateur oc, String where) {
            Map<String, String> criteres = new HashMap<>();
            criteres.put("serviceProviderID", oc.siren());
            criteres.put("supplierID", SavDEssai.OI);
            parole.voulus().forEach((champ, valeur) -> criteres.put(champ, names.getOrDefault(valeur, valeur)));
            criteres.values().removeIf(String::isEmpty);
            String attrNames = criteres.remove("attrNames");
            Lecture lecture = room.read(oc, criteres, attrNames == null ? List.of() : List.of(attrNames.split(",")));
            check(parole, lecture.reponse().code(), lecture.reponse().libelle(), where);
            parole.lus().forEach((champ, valeur) -> {
                if (champ.equals("champs")) {
                    assertThat(lecture.champs()).as(where).hasSize(Integer.parseInt(valeur));
                } else {
                    assertThat(lecture.champs().getOrDefault(champ, ""))
                            .as("%s, %s", where, champ)
                            .isEqualTo(names.getOrDefault(valeur, valeur));
                }
            });
            assertThat(lecture.champs().isEmpty()).as(where).isEqualTo(parole.code() != 0);
        }

        private void around(Autour autour, String where) {
            switch (autour.verbe()) {
                case "parc" -> access(autour.quoi(), autour.valeurs());
                case "commande" -> order(autour.quoi());
                case "mes" -> access(autour.quoi(), Map.of());
                case "contrat" -> contrat.putAll(autour.valeurs());
                case "ticket" -> {
                    nextName = names.containsKey("$" + autour.quoi()) ? null : autour.quoi();
                    key = names.getOrDefault("$" + autour.quoi(), key);
                }
                case "plan" -> creneaux.down(autour.quoi().equals("indisponible"));
                case "créneau" -> slot(autour, where);
                case "le" ->
                    clock.advance(Duration.between(
                            clock.instant(), OffsetDateTime.parse(autour.quoi()).toInstant()));
                case "émis" -> assertThat(tickets.emitted()).as(where).hasSize(Integer.parseInt(autour.quoi()));
                default -> {
                    List<Message> emitted = tickets.emitted();
                    Message last = emitted.get(emitted.size() - 1);
                    Map<String, String> said = Json.read(last.champs());
                    autour.valeurs()
                            .forEach((champ, valeur) -> assertThat(said.getOrDefault(champ, ""))
                                    .as("%s, %s", where, champ)
                                    .isEqualTo(valeur));
                }
            }
        }

        private void slot(Autour autour, String where) {
            String state = autour.valeurs().getOrDefault("est", "");
            switch (state) {
                case "libre", "réservé" ->
                    assertThat(creneaux.free(autour.quoi())).as(where).isEqualTo(state.equals("libre"));
                default -> {
                    if (autour.valeurs().containsKey("pris")) {
                        creneaux.take(autour.quoi());
                    } else {
                        creneaux.offer(autour.quoi());
                    }
                }
            }
        }

        private void access(String nom, Map<String, String> valeurs) {
            parc.write(List.of(new Acces(
                    valeurs.getOrDefault("operateur", "OCXA"),
                    nom,
                    valeurs.getOrDefault("prise", "PTO-" + nom),
                    Instant.parse("2026-01-31T11:00:00Z"),
                    valeurs.get("gtr"),
                    true,
                    Acces.Etat.valueOf(valeurs.getOrDefault("etat", "EN_SERVICE")),
                    null)));
        }

        /** An access that is ordered and not in service yet. */
        private void order(String nom) {
            Dossier order = Dossier.open(
                    "commande", "acces", "1.2", "OCXA", "CMD-" + nom, null, "ROUTE_FOURNIE", clock.instant());
            Lot lot = new Lot("rest");
            lot.open(order);
            lot.refer(order, "ReferencePrestationPrise", nom);
            lot.refer(order, "ReferencePrise", "PTO-" + nom);
            registre.write(lot);
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
                                .as("%s, %s", cas.id(), message)
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
                assertThat(pas).as(cas.id()).hasSameSizeAs(dits);
                assertThat(pas.get(pas.size() - 1).vers())
                        .as("%s, %s", cas.id(), table)
                        .isEqualTo(Parcours.etat(ticket, table));
            });
        }
    }
}
