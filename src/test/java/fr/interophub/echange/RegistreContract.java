package fr.interophub.echange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.echange.Message.Nature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What any registre owes the protocol rooms. */
interface RegistreContract {

    /** Two of every kind of character that a text format may stumble on. */
    String RARE = "\\ \\N \\. \t \n \r \r\n \" ' ; | {} \b\f \u007F é € 📶 \uFFFD \u2028 a\\tb \\\\";

    Registre registre();

    /** Runs in one transaction; a memory needs none. */
    default void run(Runnable work) {
        work.run();
    }

    default void write(Lot lot) {
        run(() -> registre().write(lot));
    }

    /** Asked inside a transaction, since it holds what it finds. */
    default Map<String, Dossier> find(String operateur, String... cles) {
        Map<String, Dossier> found = new HashMap<>();
        run(() -> found.putAll(registre().findForUpdate(operateur, "commande", List.of(cles))));
        return found;
    }

    default Optional<Dossier> findByReference(String champ, String valeur) {
        List<Dossier> found = new ArrayList<>();
        run(() -> registre().findByReference("OCXA", "commande", champ, valeur).ifPresent(found::add));
        return found.stream().findFirst();
    }

    default Dossier open(String cle) {
        Lot lot = new Lot("rest");
        Dossier dossier = Lots.dossier("OCXA", cle);
        lot.open(dossier);
        write(lot);
        return dossier;
    }

    @Test
    default void givesBackADossierAsItWasWritten() {
        Dossier dossier = Lots.dossier("OCXA", "R-1");
        Lot lot = new Lot("rest");
        lot.open(dossier);
        dossier.tell("Cmd_Acces", "ACQUITTEE", Lots.NOW.plusSeconds(1));
        lot.refer(dossier, "IdRdv", "RDV-1");
        dossier.faits().put("modele", "OI");
        write(lot);

        assertThat(find("OCXA", "R-1").get("R-1")).usingRecursiveComparison().isEqualTo(dossier);
    }

    @Test
    default void findsOnlyWhatIsAskedOfTheOperatorWhoAsks() {
        open("R-1");
        open("R-2");

        assertThat(find("OCXA", "R-1", "R-3")).containsOnlyKeys("R-1");
        assertThat(find("OCXB", "R-1")).isEmpty();
        assertThat(find("OCXA")).isEmpty();
    }

    @Test
    default void tellsKeysApartToTheLetter() {
        Dossier small = open("ref-é");
        Dossier big = open("REF-É");

        assertThat(find("OCXA", "ref-é").get("ref-é").id()).isEqualTo(small.id());
        assertThat(find("OCXA", "REF-É").get("REF-É").id()).isEqualTo(big.id());
        assertThat(find("OCXA", "Ref-É").get("Ref-É")).isNull();
    }

    @Test
    default void findsByReferenceWhateverTheCase() {
        Dossier dossier = open("R-1");
        Lot lot = new Lot("rest");
        lot.change(dossier);
        lot.refer(dossier, "ReferencePrise", "OI-abCD-é001");
        write(lot);

        assertThat(findByReference("ReferencePrise", "oi-ABCD-É001"))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(dossier.id()));
        assertThat(findByReference("IdRdv", "oi-ABCD-É001")).isEmpty();
    }

    @Test
    default void everyValueOfAReferenceFindsTheDossierAndTheLastOneIsShown() {
        Dossier dossier = open("R-1");
        for (String prise : List.of("PTO-1", "PTO-2")) {
            Lot lot = new Lot("rest");
            lot.change(dossier);
            lot.refer(dossier, "ReferencePrise", prise);
            write(lot);
        }

        assertThat(findByReference("ReferencePrise", "PTO-1")).isPresent();
        assertThat(findByReference("ReferencePrise", "PTO-2"))
                .hasValueSatisfying(found -> assertThat(found.references()).containsEntry("ReferencePrise", "PTO-2"));
    }

    @Test
    default void findsByIdentifierEachOnce() {
        Dossier first = open("R-1");
        Dossier second = open("R-2");
        List<Dossier> found = new ArrayList<>();

        run(() -> found.addAll(registre().findForUpdate(List.of(second.id(), first.id(), second.id(), Ids.next()))));

        assertThat(found).extracting(Dossier::cle).containsExactly("R-1", "R-2");
    }

    @Test
    default void looksWithoutHolding() {
        open("R-1");

        assertThat(registre().find("OCXA", "commande", List.of("R-1", "R-2"))).containsOnlyKeys("R-1");
    }

    @Test
    default void listsEveryDossierThatCarriesAReference() {
        for (String cle : List.of("R-1", "R-2", "R-3")) {
            Dossier dossier = open(cle);
            Lot lot = new Lot("rest");
            lot.change(dossier);
            lot.refer(dossier, "ReferencePrise", cle.equals("R-3") ? "PTO-2" : "Pto-1");
            write(lot);
        }

        assertThat(registre().listByReference("OCXA", "commande", "ReferencePrise", List.of("pto-1", "PTO-1", "x")))
                .extracting(Dossier::cle)
                .containsExactlyInAnyOrder("R-1", "R-2");
        assertThat(registre().listByReference("OCXB", "commande", "ReferencePrise", List.of("pto-1")))
                .isEmpty();
        assertThat(registre().listByReference("OCXA", "commande", "IdRdv", List.of("pto-1")))
                .isEmpty();
        assertThat(registre().listByReference("OCXA", "commande", "ReferencePrise", List.of()))
                .isEmpty();
        assertThat(registre().listByKeyOrReference("OCXA", "commande", "r-2", "ReferencePrise", "PTO-2"))
                .extracting(Dossier::cle)
                .containsExactlyInAnyOrder("R-2", "R-3");
        assertThat(registre().listByKeyOrReference("OCXA", "commande", "R-2", "ReferencePrise", "PTO-1"))
                .as("one that is both comes once")
                .extracting(Dossier::cle)
                .containsExactlyInAnyOrder("R-1", "R-2");
        assertThat(registre().listByKeyOrReference("OCXB", "commande", "R-2", "ReferencePrise", "PTO-1"))
                .isEmpty();
    }

    @Test
    default void aReferenceMayComeBack() {
        Dossier dossier = open("R-1");
        for (String prise : List.of("PTO-1", "PTO-2", "PTO-1", "pto-1")) {
            Lot lot = new Lot("rest");
            lot.change(dossier);
            lot.refer(dossier, "ReferencePrise", prise);
            lot.refer(dossier, "ReferencePrise", prise.toLowerCase());
            write(lot);
        }

        assertThat(findByReference("ReferencePrise", "Pto-1")).isPresent();
    }

    @Test
    default void aReferenceMayComeBackWithinTheLotThatOpensItsDossier() {
        Dossier dossier = Lots.dossier("OCXA", "R-1");
        Lot lot = new Lot("rest");
        lot.open(dossier);
        for (String prise : List.of("PTO-1", "PTO-2", "PTO-1", "pto-1")) {
            lot.refer(dossier, "ReferencePrise", prise);
        }
        write(lot);

        assertThat(findByReference("ReferencePrise", "PTO-2")).isPresent();
    }

    @Test
    default void ofManyDossiersThatShareAReferenceTheNewestIsFound() {
        Dossier newest = null;
        for (int i = 0; i < 3; i++) {
            newest = Lots.dossier("OCXA", "R-" + i);
            Lot lot = new Lot("rest");
            lot.open(newest);
            lot.refer(newest, "ReferencePrise", "PTO-1");
            write(lot);
        }
        Dossier expected = newest;

        assertThat(findByReference("ReferencePrise", "PTO-1"))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(expected.id()));
    }

    @Test
    default void theFirstMessageIsTheFirstThatCounts() {
        Dossier dossier = open("R-1");
        Lot lot = new Lot("rest");
        lot.add(Lots.message(lot, dossier, 1, "AR_Cmd_Acces", Nature.REPETE, "{\"n\":\"1\"}"));
        lot.add(Lots.message(lot, dossier, 3, "AR_Cmd_Acces", null, "{\"n\":\"3\"}"));
        lot.add(Lots.message(lot, dossier, 2, "AR_Cmd_Acces", null, "{\"n\":\"2\"}"));
        write(lot);

        assertThat(registre().findFirst(dossier.id(), "AR_Cmd_Acces"))
                .hasValueSatisfying(
                        first -> assertThat(first).isEqualTo(lot.messages().get(2)));
        assertThat(registre().findFirst(dossier.id(), "CR_Cmd_Acces")).isEmpty();
    }

    @Test
    default void tellsWhatCountsInTheLifeOfADossier() {
        Dossier dossier = open("R-1");
        Dossier other = open("R-2");
        Lot lot = new Lot("rest");
        lot.add(Lots.message(lot, dossier, 2, "ReponseRdv", null, "{\"n\":\"2\"}"));
        lot.add(Lots.message(lot, dossier, 1, "DemandeRdv", null, "{\"n\":\"1\"}"));
        lot.add(Lots.message(lot, dossier, 3, "ReponseRdv", Nature.REPETE, "{}"));
        lot.add(Lots.message(lot, dossier, 4, "AnnulationRdv", null, "{}"));
        other.aside(Lots.NOW);
        lot.also(lot.messages().get(0), other);
        write(lot);

        assertThat(registre().list(dossier.id(), List.of("DemandeRdv", "ReponseRdv")))
                .containsExactly(lot.messages().get(1), lot.messages().get(0));
        assertThat(registre().list(other.id(), List.of("ReponseRdv")))
                .singleElement()
                .satisfies(told -> {
                    assertThat(told).isEqualTo(lot.messages().get(4));
                    assertThat(told.champs()).isEqualTo(lot.messages().get(0).champs());
                    assertThat(told.rang()).isEqualTo(other.rang());
                });
        assertThat(registre().findForUpdate(other.id()))
                .hasValueSatisfying(found -> assertThat(found.rang()).isEqualTo(1));
    }

    @Test
    default void findsADossierAndAMessageByTheirIdentifiers() {
        Dossier dossier = open("R-1");
        Lot lot = new Lot("rest");
        lot.add(Lots.message(lot, dossier, 1, "Cmd_Acces", Nature.HORS_SEQUENCE, "{}"));
        write(lot);
        Message message = lot.messages().get(0);

        assertThat(registre().findMessage(message.id())).contains(message);
        assertThat(registre().findMessage(Ids.next())).isEmpty();
        run(() -> {
            assertThat(registre().findForUpdate(dossier.id()))
                    .hasValueSatisfying(found ->
                            assertThat(found).usingRecursiveComparison().isEqualTo(dossier));
            assertThat(registre().findForUpdate(Ids.next())).isEmpty();
        });
    }

    @Test
    default void takesALotOfAThousandLines() {
        Lot lot = new Lot("rest");
        String[] cles = new String[1_000];
        for (int i = 0; i < cles.length; i++) {
            Dossier dossier = Lots.dossier("OCXA", cles[i] = "R-" + i);
            lot.open(dossier);
            lot.refer(dossier, "IdRdv", "RDV-" + i);
            lot.add(Lots.message(lot, dossier, 1, "Cmd_Acces", null, "{\"N\":\"" + i + "\"}"));
        }
        write(lot);

        assertThat(find("OCXA", cles)).hasSize(1_000);
        assertThat(findByReference("IdRdv", "rdv-999")).isPresent();
        assertThat(registre().findFirst(lot.nouveaux().get(500).id(), "Cmd_Acces"))
                .contains(lot.messages().get(500));
    }

    @Test
    default void anyCharacterSurvives() {
        Dossier dossier = Lots.dossier("OCXA", RARE);
        Lot lot = new Lot("rest");
        lot.open(dossier);
        lot.refer(dossier, "IdRdv", RARE + "1");
        dossier.faits().put("fait", RARE);
        lot.add(Lots.message(lot, dossier, 1, "Cmd_Acces", null, Json.write(Map.of("Commentaire", RARE))));
        lot.add(Lots.message(lot, dossier, 2, "Mess_OC", null, RARE));
        write(lot);

        assertThat(find("OCXA", RARE).get(RARE)).usingRecursiveComparison().isEqualTo(dossier);
        assertThat(findByReference("IdRdv", RARE + "1")).isPresent();
        assertThat(registre().findFirst(dossier.id(), "Cmd_Acces"))
                .hasValueSatisfying(
                        message -> assertThat(Json.read(message.champs())).containsEntry("Commentaire", RARE));
        assertThat(registre().findFirst(dossier.id(), "Mess_OC"))
                .hasValueSatisfying(message -> assertThat(message.champs()).isEqualTo(RARE));
    }

    @Test
    default void aKnownDossierIsUpdatedAndOnlyIt() {
        Dossier other = open("R-2");
        Dossier dossier = open("R-1");
        Dossier found = find("OCXA", "R-1").get("R-1");
        found.tell("AR_Cmd_Acces OK", "ACQUITTEE", Lots.NOW.plusSeconds(5));
        found.faits().put("cas", "identifiee");
        Lot lot = new Lot("rest");
        lot.change(found);
        lot.refer(found, "IdRdv", "RDV-1");
        write(lot);

        assertThat(find("OCXA", "R-1").get("R-1")).usingRecursiveComparison().isEqualTo(found);
        assertThat(find("OCXA", "R-2").get("R-2")).usingRecursiveComparison().isEqualTo(other);
        assertThat(dossier.etat()).isEqualTo("RECUE");
    }

    @Test
    default void whatWasNotNotedAsChangedIsNotKept() {
        open("R-1");
        find("OCXA", "R-1").get("R-1").tell("AR_Cmd_Acces OK", "ACQUITTEE", Lots.NOW);
        write(new Lot("rest"));

        assertThat(find("OCXA", "R-1").get("R-1").etat()).isEqualTo("RECUE");
    }
}
