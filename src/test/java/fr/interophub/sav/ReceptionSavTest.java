package fr.interophub.sav;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.HorlogeDEssai;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Chemin;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.MemoireRegistre;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Ouverture;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transmission;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Acces;
import fr.interophub.parc.MemoireParc;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Une signalisation venue par une ligne de SAV 1.0a")
class ReceptionSavTest {

    private static final Operateur OC = SavDEssai.oc("OCXA", "910000009", Map.of(), "1.0a");

    private final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T10:00:00Z");
    private final MemoireRegistre registre = new MemoireRegistre();
    private final MemoireParc parc = new MemoireParc();
    private final MemoireTickets tickets = new MemoireTickets();
    private final Signalisations room = new Signalisations(
            SavDEssai.CATALOGUE,
            new Signalisations.Voisins(
                    registre,
                    parc,
                    tickets,
                    new MemoireCreneaux(),
                    AnnuaireDEssai.memoire(List.of(OC)),
                    Alertes.SILENCE),
            clock,
            new Signalisations.Reglages("OIDE", SavDEssai.OI, "rest"));
    private final ReceptionSav reception =
            new ReceptionSav(room, registre, Alertes.SILENCE, lot -> {}, SavDEssai.NONE, clock);

    @BeforeEach
    void anAccessInService() {
        parc.write(List.of(new Acces(
                "OCXA",
                "A1",
                "PTO-A1",
                Instant.parse("2026-01-31T11:00:00Z"),
                null,
                true,
                Acces.Etat.EN_SERVICE,
                null)));
        FluxSheet sheet = JeuParFichiers.PAGE.feuille("SIGSAV");
        Ligne ligne = sheet.ligne(
                7,
                Map.of(
                        "ReferencePrestationPrise",
                        "A1",
                        "ReferenceSigSAVRaccoOC",
                        "SIG-1",
                        "NatureDefaut",
                        "affaiblissement",
                        "PrelocDefaut",
                        "Colonne montante"));
        Transmission file = new Transmission(
                Ids.next(),
                Sens.ENTRANT,
                "OCXA",
                "MAIL",
                "SIGSAV_OCXA_OIDE_20261120_110000_001.csv",
                "",
                0,
                "sav",
                "SIGSAV",
                "1.0a",
                1L,
                0,
                Acheminement.RECU,
                null,
                clock.instant(),
                null);
        CsvFile.FileForm form = new CsvFile.FileForm(sheet, StandardCharsets.UTF_8, new int[0], 1);
        reception.receive(new LotDeLignes(new Ouverture(null, file, OC, form), 0, List.of(ligne), false));
    }

    private Dossier ticket() {
        return registre.dossiers().get(0);
    }

    private List<Message> life() {
        return registre.messages().stream()
                .filter(message -> ticket().id().equals(message.dossierId()))
                .toList();
    }

    @Test
    @DisplayName("le SI est saisi comme par un appel, la ligne et son fichier se retrouvent")
    void theSiIsAskedAsByACall() {
        assertThat(life()).first().satisfies(message -> {
            assertThat(message.flux()).isEqualTo("CASE CREATE REQUEST");
            assertThat(message.demande()).isTrue();
            assertThat(message.ligne()).isEqualTo(7);
            assertThat(message.canal()).isEqualTo("MAIL");
            assertThat(Json.read(message.champs()))
                    .containsEntry("defectDescription", "SIGNAL AFFAIBLI")
                    .containsEntry("defectClassId", "2")
                    .containsEntry("defectPrelocalization", "PM-PBO")
                    .containsEntry("technicalId", "PTO-A1")
                    .containsEntry("serviceProviderID", "910000009");
        });
        assertThat(registre.lots()).anyMatch(lot -> "rest".equals(lot.siMode()));
    }

    @Test
    @DisplayName("l'accusé est un message du ticket, et le chemin du ticket passe par-dessus")
    void theWayOfTheTicketPassesOverTheAr() {
        decide("CASE SOLVING NOTIFICATION", Map.of("supplierUnit", "Guichet SAV"));
        assertThat(life())
                .extracting(Message::flux)
                .containsExactly("CASE CREATE REQUEST", "ARSIGSAV", "CASE SOLVING NOTIFICATION");
        List<Chemin.Dit> dits = life().stream()
                .map(message -> new Chemin.Dit(
                        message.sens() == Sens.ENTRANT ? Role.OC : Role.OI,
                        message.flux(),
                        message.issue(),
                        Json.read(message.champs()),
                        message.date()))
                .toList();
        assertThat(new Parcours(SavDEssai.CATALOGUE)
                        .walk(ticket(), dits, OC.contrat())
                        .get("ticket"))
                .extracting(Chemin.Pas::vers)
                .containsExactly("QUEUED", "QUEUED", "OPENACTIVE");
    }

    @Test
    @DisplayName("ce qui est parti se réémet tel quel, par un fichier")
    void whatHasLeftLeavesAgain() {
        decide("CASE SOLVING NOTIFICATION", Map.of("supplierUnit", "Guichet SAV"));
        decide(
                "CASE SOLVED NOTIFICATION",
                Map.of(
                        "serviceRestoredTime",
                        "2026-11-21T16:20:00+01:00",
                        "troubleTicketClosureCode",
                        "RET01",
                        "defectLocalization",
                        "PM-PBO",
                        "defectResponsability",
                        "TIERS"));
        Message closure = life().get(3);
        String first = lines("CLOSIGSAV");
        assertThat(first).contains("20261121 16:20;RET01;DEFAUT CONFIRME ET CORRIGE PAR OI;COL MONTANTE;Tiers;");

        Message again =
                registre.findMessage(room.again(closure.id()).orElseThrow()).orElseThrow();
        assertThat(again)
                .returns(Nature.REEMIS, Message::nature)
                .returns("CASE SOLVED NOTIFICATION", Message::flux)
                .returns(false, Message::demande);
        assertThat(lines("CLOSIGSAV")).isEqualTo(first + first);
        assertThat(tickets.emitted()).isEmpty();
        // The AR is a line of its own page: it leaves again as any line does.
        assertThat(room.again(life().get(1).id())).isEmpty();
    }

    private void decide(String action, Map<String, String> champs) {
        Map<String, String> said = new HashMap<>(champs);
        said.put("troubleTicketKey", ticket().references().get("troubleTicketKey"));
        assertThat(room.decide(OC, action, said)).isInstanceOf(Verdict.Ok.class);
    }

    private String lines(String flux) {
        return String.join(
                "",
                registre.lots().stream()
                        .flatMap(lot -> lot.sorties().stream())
                        .filter(sortie -> sortie.flux().equals(flux))
                        .map(Lot.Sortie::contenu)
                        .map(StringBuilder::toString)
                        .toList());
    }
}
