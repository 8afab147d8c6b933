package fr.interophub.acces;

import static fr.interophub.acces.Salle.CATALOGUE;
import static fr.interophub.acces.Salle.PAGE;
import static fr.interophub.acces.Salle.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.BaseDEssai;
import fr.interophub.HorlogeDEssai;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.bacasable.Specimen;
import fr.interophub.bacasable.Vie;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.EchangeDEssai;
import fr.interophub.echange.FileDAttente.Prise;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message.Nature;
import fr.interophub.operateur.AnnuaireDEssai;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Ce que tout flux garantit, quel qu'il soit")
class GarantiesTest {

    private static final String OBJET = Commandes.OBJET;

    private final Salle salle = new Salle();

    static Stream<Flux> flux() {
        return PAGE.flux().stream();
    }

    static Stream<Flux> saidByTheOc() {
        return ofCommandes().filter(flux -> flux.emisPar().contains(Role.OC));
    }

    /** What the OI says and a décision may say: the hub alone emits Notif_Ecrasement, nobody practises Gel_Degel. */
    static Stream<Flux> saidByTheOi() {
        return ofCommandes()
                .filter(flux -> flux.emisPar().contains(Role.OI)
                        && flux.pratique()
                        && !flux.code().equals("Notif_Ecrasement"));
    }

    private static Stream<Flux> ofCommandes() {
        return flux().filter(flux -> flux.objet().equals(OBJET));
    }

    static Stream<String> terminalStates() {
        return PAGE.etats(OBJET).stream().filter(etat -> PAGE.terminal(OBJET, etat));
    }

    // The page

    @DisplayName(
            "a une feuille, un jeton à lui, une référence sur sa feuille, et ses champs d'état, de motif et de date")
    @ParameterizedTest(name = "{0}")
    @MethodSource("flux")
    void hasWhatItNeeds(Flux flux) {
        FluxSheet sheet = PAGE.feuille(flux.code());
        assertThat(flux.jeton()).isNotBlank();
        assertThat(flux())
                .filteredOn(other -> other.jeton().equals(flux.jeton()))
                .hasSize(1);
        List<String> named = new ArrayList<>(List.of(flux.reference()));
        flux.etat().ifPresent(named::add);
        named.addAll(flux.ouEtats());
        flux.motif().ifPresent(named::add);
        flux.date().ifPresent(named::add);
        assertThat(named).allSatisfy(champ -> assertThat(sheet.indexOf(champ)).isNotNegative());
        assertThat(PAGE.references()).contains(flux.reference());
    }

    @DisplayName("répond à un flux de la page, émis par l'autre partie")
    @ParameterizedTest(name = "{0}")
    @MethodSource("flux")
    void isAnsweredByTheOtherParty(Flux flux) {
        flux.attend()
                .ifPresent(
                        answer -> assertThat(PAGE.flux(answer).emisPar()).doesNotContainAnyElementsOf(flux.emisPar()));
    }

    @Test
    @DisplayName("deux flux qu'une même partie émet ne se confondent pas")
    void headersTellWhatOnePartySays() {
        for (Role role : Role.values()) {
            assertThat(flux().filter(flux -> flux.emisPar().contains(role))
                            .map(flux -> PAGE.feuille(flux.code()).header()))
                    .doesNotHaveDuplicates();
        }
    }

    // The wrong role

    @Nested
    @DisplayName("à la porte")
    class ALaPorte {

        @RegisterExtension
        final BaseDEssai base = BaseDEssai.h2();

        @DisplayName("que l'OC n'émet pas : son fichier est refusé en entier, rien ne prend effet")
        @ParameterizedTest(name = "{0}")
        @MethodSource("fr.interophub.acces.GarantiesTest#flux")
        void isRefusedFromAnOcThatMayNotSayIt(Flux flux) throws IOException {
            HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T10:00:00Z");
            EchangeDEssai echange = new EchangeDEssai(base, clock);
            Guichet guichet = echange.guichet(
                    CATALOGUE, AnnuaireDEssai.of(base, AnnuaireDEssai.operateur("OCXA")), Alertes.SILENCE);
            FluxSheet sheet = PAGE.feuille(flux.code());
            StringBuilder file = new StringBuilder(sheet.header()).append('\n');
            sheet.ligne(2, Map.of(flux.reference(), "R-1")).writeCsv(file);
            echange.journal()
                    .receive(
                            "OCXA",
                            "SFTP",
                            flux.code() + ".csv",
                            new ByteArrayInputStream(file.toString().getBytes(StandardCharsets.UTF_8)));
            var prise = guichet.next().orElseThrow();
            // Mess_OI and Mess_OC have one header: from an OC it is always its own.
            boolean sayable = saidByTheOc(sheet.header());
            if (sayable) {
                assertThat(openedAs(guichet, prise).flux().emisPar()).contains(Role.OC);
            } else {
                assertThatThrownBy(() -> guichet.open(prise))
                        .isInstanceOfSatisfying(
                                FichierIllisible.class,
                                why -> assertThat(why.motif()).isEqualTo("FLUX_INTERDIT"));
            }
        }
    }

    private static boolean saidByTheOc(String header) {
        return flux().anyMatch(flux -> flux.emisPar().contains(Role.OC)
                && PAGE.feuille(flux.code()).header().equals(header));
    }

    private static FluxSheet openedAs(Guichet guichet, Prise prise) throws IOException {
        try {
            return guichet.open(prise).forme().feuille();
        } catch (FichierIllisible e) {
            throw new AssertionError(e);
        }
    }

    @DisplayName("que l'OI n'émet pas : sa décision est refusée")
    @ParameterizedTest(name = "{0}")
    @MethodSource("flux")
    void isRefusedFromAnOiThatMayNotSayIt(Flux flux) {
        boolean sayable = flux.emisPar().contains(Role.OI);
        Verdict verdict = salle.decide(flux.code(), Map.of(flux.reference(), "R-1"));

        assertThat(verdict).isInstanceOf(Verdict.Ko.class);
        assertThat(((Verdict.Ko) verdict).motif().equals("FLUX_INCONNU")).isNotEqualTo(sayable);
    }

    // No dossier

    @DisplayName("dit par l'OC d'une commande inconnue : gardé, aucune commande ne naît, hors commande elle-même")
    @ParameterizedTest(name = "{0}")
    @MethodSource("saidByTheOc")
    void fromAnOcAboutAnUnknownOrder(Flux flux) {
        Lot lot = salle.receive(
                flux.code(), specimen(flux, null, salle.specimen.open("OCXA", Modele.STOC, CasPto.A_CONSTRUIRE)));

        boolean opens = PAGE.cycle(OBJET).stream()
                .anyMatch(passage ->
                        passage.en().equals(Passage.NEANT) && passage.sur().equals(flux.code()));
        assertThat(salle.registre.dossiers()).hasSize(opens ? 1 : 0);
        boolean answered = flux.attend().isPresent();
        assertThat(lot.quarantaines()).hasSize(answered ? 0 : 1);
        assertThat(salle.alertes).hasSize(answered ? 0 : 1);
        assertThat(sent(lot))
                .extracting("flux")
                .isEqualTo(flux.attend().stream().toList());
    }

    @DisplayName("décidé par l'OI sur une commande inconnue : refusé")
    @ParameterizedTest(name = "{0}")
    @MethodSource("saidByTheOi")
    void fromTheOiAboutAnUnknownOrder(Flux flux) {
        assertThat(salle.decide(flux.code(), Map.of(flux.reference(), "JAMAIS-VUE")))
                .isInstanceOfSatisfying(
                        Verdict.Ko.class, ko -> assertThat(ko.motif()).isEqualTo("DOSSIER_INCONNU"));
        assertThat(salle.registre.lots()).isEmpty();
    }

    // A closed order

    /** An order in this state, as if it had come there; with all that could be known of it. */
    private Dossier put(String etat, Modele modele, Vie vie) {
        Dossier dossier =
                Dossier.open(OBJET, "acces", "1.2", "OCXA", vie.reference(), "", Passage.NEANT, salle.clock.instant());
        dossier.tell("Cmd_Acces", etat, salle.clock.instant());
        dossier.faits()
                .putAll(new HashMap<>(Map.of(
                        Faits.MODELE,
                        modele.name(),
                        Faits.CAS,
                        Faits.A_CONSTRUIRE,
                        Faits.CR,
                        "2026-11-19T10:00:00Z",
                        Faits.PREMIERE_MAD,
                        "2026-11-19T11:00:00Z",
                        Faits.STOC_OUVERT,
                        "STOC-1")));
        dossier.references()
                .putAll(Map.of(
                        "ReferenceCommandePriseInterneOC", vie.reference(),
                        "ReferencePrestationPrise", "P-1",
                        "ReferencePrise", "OI-0000-0001"));
        Lot lot = new Lot("rest");
        lot.open(dossier);
        salle.registre.write(lot);
        return dossier;
    }

    /** Every way the page knows to say it: OK, KO, or nothing. */
    private static List<Issue> issues(Flux flux) {
        return flux.etat().isEmpty() ? Arrays.asList((Issue) null) : List.of(Issue.OK, Issue.KO);
    }

    private Map<String, String> specimen(Flux flux, Issue issue, Vie vie) {
        if (flux.code().equals("Notif_Ecrasement")) {
            return Map.of("ReferenceCommandePriseInterneOC", vie.reference(), "ReferencePrestationPrise", "P-1");
        }
        Map<String, String> champs = new HashMap<>();
        if (flux.code().startsWith("AR_") || flux.code().startsWith("CR_Annulation")) {
            champs.put(flux.reference(), vie.reference());
            champs.put(flux.etat().orElseThrow(), issue.name());
            champs.put(flux.motif().orElseThrow(), issue == Issue.KO ? "FAUT01" : "");
            return champs;
        }
        champs.putAll(salle.specimen.champs(flux.code(), issue, "", vie, Map.of()));
        PAGE.feuille(flux.code()).champs().stream()
                .filter(champ -> champ.nom().equals("ReferencePrestationPrise"))
                .forEach(champ -> champs.put("ReferencePrestationPrise", "P-1"));
        return champs;
    }

    /** Where the page itself lets a closed order go, on this flux or on its answer. */
    private static Set<String> lifeAfter(String etat, Flux flux) {
        Set<String> exits = new HashSet<>();
        PAGE.cycle(OBJET).stream()
                .filter(passage -> passage.en().equals(etat)
                        && (passage.sur().equals(flux.code())
                                || flux.attend().filter(passage.sur()::equals).isPresent()))
                .forEach(passage -> Stream.of(passage.vers(), passage.ok(), passage.ko())
                        .flatMap(Optional::stream)
                        .forEach(exits::add));
        exits.remove(etat);
        return exits;
    }

    @DisplayName("sur une commande terminée : refusé ou gardé de côté, et rien ne bouge")
    @ParameterizedTest(name = "{0}")
    @MethodSource("terminalStates")
    void onAClosedOrderNothingMoves(String etat) {
        ofCommandes().forEach(flux -> {
            for (Modele modele : Modele.values()) {
                for (Issue issue : issues(flux)) {
                    closed(etat, flux, modele, issue);
                }
            }
        });
    }

    private void closed(String etat, Flux flux, Modele modele, Issue issue) {
        Vie vie = salle.specimen.open("OCXA", modele, CasPto.A_CONSTRUIRE);
        String before = put(etat, modele, vie).vieEnUneLigne();
        Map<String, String> champs = specimen(flux, issue, vie);
        String what = "%s %s en %s, modèle %s".formatted(flux.code(), issue, etat, modele);
        Set<String> lifeAfter = lifeAfter(etat, flux);
        if (flux.emisPar().contains(Role.OI)) {
            Verdict verdict = salle.decide(flux.code(), champs);
            if (lifeAfter.isEmpty()) {
                assertThat(verdict).as(what).isInstanceOf(Verdict.Ko.class);
            }
        }
        if (flux.emisPar().contains(Role.OC)) {
            Lot lot = salle.receive(flux.code(), champs);
            if (flux.attend().isEmpty()) {
                assertThat(lot.quarantaines()).as(what).hasSize(1);
                assertThat(sent(lot)).as(what).isEmpty();
            } else {
                assertThat(lot.quarantaines()).as(what).isEmpty();
                assertThat(sent(lot)).as(what).singleElement().satisfies(said -> {
                    assertThat(said.flux()).isEqualTo(flux.attend().get());
                    assertThat(said.issue()).isEqualTo(lifeAfter.isEmpty() ? Issue.KO : Issue.OK);
                });
            }
        }
        Dossier after = salle.registre.get("OCXA", vie.reference());
        if (lifeAfter.isEmpty()) {
            assertThat(after.etat()).as(what).isEqualTo(etat);
            if (flux.attend().isEmpty()) {
                assertThat(after.vieEnUneLigne()).as(what).isEqualTo(before);
            }
        } else {
            Set<String> allowed = new HashSet<>(lifeAfter);
            allowed.add(etat);
            assertThat(allowed).as(what).contains(after.etat());
        }
    }

    // Repetition

    @Test
    @DisplayName("qui ouvre un dossier : le répéter est sans effet")
    void openingAgainIsHarmless() {
        for (Passage passage : PAGE.cycle(OBJET)) {
            if (passage.en().equals(Passage.NEANT)) {
                for (Modele modele : Modele.values()) {
                    for (CasPto cas : CasPto.values()) {
                        Vie vie = new Specimen(salle.clock, "OIDE").open("OCXA", modele, cas);
                        Map<String, String> champs = salle.specimen.champs(passage.sur(), null, "", vie, Map.of());
                        salle.receive(passage.sur(), champs);
                        Dossier first = salle.dossier(champs);
                        for (int i = 0; i < 3; i++) {
                            Lot again = salle.receive(passage.sur(), champs);
                            assertThat(again.messages()).hasSize(2).allMatch(m -> m.nature() == Nature.REPETE);
                            assertThat(again.messages()).noneMatch(m -> m.demande());
                        }
                        assertThat(salle.dossier(champs).vieEnUneLigne()).isEqualTo(first.vieEnUneLigne());
                    }
                }
            }
        }
    }
}
