package fr.interophub.sav;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.HorlogeDEssai;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Chemin;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Json;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.MemoireRegistre;
import fr.interophub.echange.Message;
import fr.interophub.echange.Ouverture;
import fr.interophub.echange.Quarantaine;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transmission;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Acces;
import fr.interophub.parc.MemoireParc;
import fr.interophub.sav.Cas.Autour;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The room over a memory, and those who speak with it. */
final class HubEnMemoire extends JeuParFichiers {

    private final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T10:00:00Z");
    private final MemoireRegistre registre = new MemoireRegistre();
    private final MemoireParc parc = new MemoireParc();
    private final MemoireTickets tickets = new MemoireTickets();
    private final MemoireCreneaux creneaux = new MemoireCreneaux();
    private final List<String> alertes = new ArrayList<>();
    private final Signalisations room = SavDEssai.memoire(registre, parc, tickets, creneaux, alertes(), clock);
    private final ReceptionSav reception =
            new ReceptionSav(room, registre, alertes(), lot -> {}, SavDEssai.NONE, clock);
    private Map<String, Object> contrat = Map.of();
    private String version;

    /** @param version of SAV that its OCs speak at first */
    HubEnMemoire(Cas cas, String version) {
        super(cas);
        this.version = version;
        access("A1", Map.of());
    }

    private Operateur oc(String qui) {
        return qui.equals("OC2")
                ? SavDEssai.oc("OCXB", "920000007", contrat, version)
                : SavDEssai.oc("OCXA", "910000009", contrat, version);
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
        switch (autour.verbe()) {
            case "plan" -> creneaux.down(autour.quoi().equals("indisponible"));
            case "version" -> version = autour.quoi();
            case "alerte" -> assertThat(alertes).contains(autour.quoi());
            case "quarantaine" ->
                assertThat(registre.lots().stream()
                                .flatMap(lot -> lot.quarantaines().stream())
                                .map(Quarantaine::motif))
                        .endsWith(autour.quoi());
            default -> throw new IllegalArgumentException(autour.toString());
        }
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

    private Alertes alertes() {
        return new Alertes() {
            @Override
            public void raise(String genre, String sujet, String operateur, String texte) {
                alertes.add(genre);
            }

            @Override
            public void close(String genre, String sujet) {}
        };
    }

    @Override
    protected void drop(String qui, Fichier fichier) {
        Operateur oc = oc(qui);
        List<FluxSheet> spoken = PAGE.flux().stream()
                .filter(flux -> flux.emisPar().contains(Role.OC))
                .map(flux -> PAGE.feuille(flux.code()))
                .toList();
        try {
            CsvFile.FileForm form =
                    CsvFile.checkForm(() -> new ByteArrayInputStream(fichier.octets()), spoken, null, 0);
            Transmission taken = new Transmission(
                    Ids.next(),
                    Sens.ENTRANT,
                    oc.code(),
                    "MAIL",
                    fichier.nom(),
                    "",
                    fichier.octets().length,
                    "sav",
                    form.feuille().flux().code(),
                    "1.0a",
                    form.lignes(),
                    0,
                    Acheminement.RECU,
                    null,
                    clock.instant(),
                    null);
            List<Ligne> lines = new ArrayList<>();
            try (CsvFile.Lignes all = CsvFile.read(new ByteArrayInputStream(fichier.octets()), form)) {
                all.forEachRemaining(lines::add);
            }
            reception.receive(new LotDeLignes(new Ouverture(null, taken, oc, form), 0, lines, false));
        } catch (FichierIllisible | IOException e) {
            throw new AssertionError(cas().id(), e);
        }
    }

    /** Each group of lines as a file of its own. */
    @Override
    protected List<Fichier> back(String qui) {
        return registre.lots().stream()
                .flatMap(lot -> lot.sorties().stream())
                .filter(sortie -> sortie.operateur().equals(oc(qui).code()))
                .map(sortie -> new Fichier(
                        "%s_OIDE_%s_20261120_110000_001.csv".formatted(sortie.flux(), sortie.operateur()),
                        (sortie.entete() + "\n" + sortie.contenu()).getBytes(StandardCharsets.UTF_8)))
                .toList();
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
