package fr.interophub.acces;

import static fr.interophub.acces.Salle.with;
import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.acces.Salle.Affaire;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.catalogue.Issue;
import fr.interophub.echange.Lot;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Ce qu'un CR_STOC répète : une différence ne refuse rien, elle est dite (spec §3.5, §5.8, §8.3 point 13)")
class EchosTest {

    private static final String STOC = "ReferenceCommandeSousTraitantOI";
    private static final String DECHARGE = "NumeroDecharge";

    private final Salle salle = new Salle();

    /** An order whose PTO the OC is building. */
    private Affaire building() {
        return salle.affaire(Modele.STOC, CasPto.A_CONSTRUIRE)
                .oi("CR_Cmd_Acces", Issue.OK)
                .oi("Cmd_STOC", null);
    }

    /** The hotline has given a new route, and this number. */
    private void hotCall(Affaire affaire, String decharge) {
        Map<String, String> champs =
                with(with(affaire.ofOi("Notif_Reprov", null), "TypeReprov", "CHAUD"), DECHARGE, decharge);
        assertThat(salle.decide("Notif_Reprov", champs)).isInstanceOf(Verdict.Ok.class);
    }

    private Lot built(Affaire affaire, String champ, String valeur) {
        Lot lot = salle.receive("CR_STOC", with(affaire.ofOc("CR_STOC", Issue.OK), champ, valeur));
        assertThat(affaire.dossier().etat()).isEqualTo("STOC_REALISEE");
        return lot;
    }

    private void assertTold(Lot lot, String champ, String detail) {
        assertThat(lot.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.anomalies()).contains("ECHO_DIFFERENT", champ));
        assertThat(salle.alertes)
                .singleElement()
                .asString()
                .startsWith("ECHO_DIFFERENT OCXA, commande ")
                .contains("CR_STOC", detail);
    }

    private void assertNothingTold(Lot lot) {
        assertThat(lot.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.anomalies()).isNull());
        assertThat(salle.alertes).isEmpty();
    }

    @Test
    @DisplayName("la Cmd_STOC en attente, quelle que soit la casse")
    void theOrderThatItAnswers() {
        Affaire affaire = building();
        String open = affaire.ofOc("CR_STOC", Issue.OK).get(STOC);

        assertNothingTold(built(affaire, STOC, open.toLowerCase(Locale.ROOT)));
    }

    @Test
    @DisplayName("une autre Cmd_STOC que celle en attente : dit")
    void anotherOrder() {
        assertTold(built(building(), STOC, "STOC-AUTRE"), STOC, "STOC-AUTRE");
    }

    @Test
    @DisplayName("le numéro de décharge de la hotline")
    void theNumberOfTheHotline() {
        Affaire affaire = building();
        hotCall(affaire, "DCH-1");

        assertNothingTold(built(affaire, DECHARGE, "DCH-1"));
    }

    @Test
    @DisplayName("le premier de deux numéros donnés vaut encore (D3)")
    void theFirstOfTwoNumbers() {
        Affaire affaire = building();
        hotCall(affaire, "DCH-1");
        hotCall(affaire, "DCH-2");

        assertNothingTold(built(affaire, DECHARGE, "DCH-1"));
    }

    @Test
    @DisplayName("un numéro que la hotline n'a pas donné : dit")
    void aNumberOfNobody() {
        Affaire affaire = building();
        hotCall(affaire, "DCH-1");

        assertTold(built(affaire, DECHARGE, "DCH-9"), DECHARGE, "DCH-9");
    }

    @Test
    @DisplayName("un numéro donné et pas répété : dit")
    void aNumberNotRepeated() {
        Affaire affaire = building();
        hotCall(affaire, "DCH-1");

        assertTold(built(affaire, DECHARGE, ""), DECHARGE, "il n'est pas répété");
    }

    @Test
    @DisplayName("aucun numéro donné, aucun répété : rien à dire")
    void noNumberAtAll() {
        assertNothingTold(built(building(), DECHARGE, ""));
    }

    @Test
    @DisplayName("un numéro d'avant la Cmd_STOC n'est pas attendu dans son compte rendu")
    void aNumberOfAnEarlierCall() {
        Affaire affaire = salle.affaire(Modele.STOC, CasPto.NON_IDENTIFIEE).oi("CR_Cmd_Acces", Issue.OK);
        hotCall(affaire, "DCH-1");
        affaire.oi("Cmd_STOC", null);

        assertNothingTold(built(affaire, DECHARGE, ""));
    }

    @Test
    @DisplayName("le SI laisse au hub le numéro d'un reprovisioning à chaud : attribué, et dit au SI")
    void theHubIssuesTheNumberThatTheSiLeavesOut() {
        Affaire affaire = building();

        Verdict verdict = salle.decide(
                "Notif_Reprov", with(with(affaire.ofOi("Notif_Reprov", null), "TypeReprov", "CHAUD"), DECHARGE, ""));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Ok.class,
                        ok -> assertThat(ok.detail()).contains("NumeroDecharge attribué : OIDE-DCH-"));
        assertThat(affaire.dossier().references().get(DECHARGE)).startsWith("OIDE-DCH-");
    }

    @Test
    @DisplayName("ni à froid, ni en mode OI : c'est notre technicien qui appelle (TO3)")
    void theHubIssuesNoOtherNumber() {
        Affaire cold = building();
        salle.receive("CR_STOC", cold.ofOc("CR_STOC", Issue.KO));
        Affaire ours = salle.affaire(Modele.OI, CasPto.IDENTIFIEE)
                .oi("CR_Cmd_Acces", Issue.OK)
                .oi("CR_MAD_LigneFTTH", Issue.OK);

        assertThat(salle.decide(
                        "Notif_Reprov",
                        with(with(cold.ofOi("Notif_Reprov", null), "TypeReprov", "FROID"), DECHARGE, "")))
                .isInstanceOfSatisfying(
                        Verdict.Ok.class, ok -> assertThat(ok.detail()).isNull());
        assertThat(salle.decide(
                        "Notif_Reprov",
                        with(with(ours.ofOi("Notif_Reprov", null), "TypeReprov", "CHAUD"), DECHARGE, "")))
                .isInstanceOf(Verdict.Ok.class);
        assertThat(cold.dossier().references()).doesNotContainKey(DECHARGE);
        assertThat(ours.dossier().references()).doesNotContainKey(DECHARGE);
    }
}
