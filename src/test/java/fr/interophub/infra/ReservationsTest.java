package fr.interophub.infra;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.infra.Referentiel.Commande;
import fr.interophub.infra.Referentiel.Reponse;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Le référentiel répond aux commandes, et ne donne jamais une fibre deux fois")
class ReservationsTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends Promesses {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends Promesses {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }

    abstract static class Promesses extends SurUneBase {

        private static final String POSITION = "PositionModulePm N°1";

        private Terrain terrain = new Terrain("MONO", 40);
        private int orders;

        Promesses(BaseDEssai base) {
            super(base);
        }

        private static Operateur oc(Map<String, ?> commande) {
            return AnnuaireDEssai.with("OCXA", Contrat.of(Map.of("commande", commande)));
        }

        private Map<String, String> order(String... more) {
            Map<String, String> champs = new HashMap<>(Map.of(
                    "ReferenceCommandePriseInterneOC", "C-%04d".formatted(++orders),
                    "CodeInseeImmeuble", "64445",
                    "CodeVoieRivoliImmeuble", "0417",
                    "NumeroVoieImmeuble", "12",
                    "TypeRacco", "STOC",
                    "PriseExistante", "N",
                    "ReferencePrestationPm", "OCXA-PM-1",
                    "ReferencePm", "PM-1",
                    "TypeCommandeDemande", "COFI"));
            for (int i = 0; i < more.length; i += 2) {
                champs.put(more[i], more[i + 1]);
            }
            return champs;
        }

        private Reponse answer(Operateur oc, Map<String, String> order) {
            return answer(oc, List.of(order)).get(0);
        }

        private List<Reponse> answer(Operateur oc, List<Map<String, String>> some) {
            return base().transactions()
                    .run(() -> InfraDEssai.referentiel(base(), clock())
                            .answer(
                                    oc,
                                    some.stream()
                                            .map(champs -> new Commande(UUID.randomUUID(), champs))
                                            .toList()));
        }

        private static String position(Reponse answer) {
            return ((Reponse.Accorde) answer).champs().get(POSITION);
        }

        private void load() {
            InfraDEssai.network(base(), terrain);
        }

        /** A hundred orders, each in a transaction of its own, all at once. */
        private List<Reponse> hundred(Operateur oc) throws Exception {
            ExecutorService ten = Executors.newFixedThreadPool(10);
            try {
                List<Future<Reponse>> running = IntStream.range(0, 100)
                        .mapToObj(i -> order())
                        .map(order -> ten.submit(() -> answer(oc, order)))
                        .toList();
                List<Reponse> answers = new ArrayList<>();
                for (Future<Reponse> one : running) {
                    answers.add(one.get());
                }
                return answers;
            } finally {
                ten.shutdownNow();
            }
        }

        @Test
        @DisplayName(
                "cent commandes à la fois sur un PBO de quarante fibres : quarante routes distinctes, soixante FINT02")
        void aHundredOrdersOnFortyFibres() throws Exception {
            terrain.admit(order());
            load();

            List<Reponse> answers = hundred(oc(Map.of()));

            List<String> given = answers.stream()
                    .filter(Reponse.Accorde.class::isInstance)
                    .map(Promesses::position)
                    .toList();
            assertThat(given).hasSize(40).doesNotHaveDuplicates();
            assertThat(answers)
                    .filteredOn(Reponse.Refuse.class::isInstance)
                    .hasSize(60)
                    .containsOnly(new Reponse.Refuse("FINT02"));
            assertThat(base().count("infra_attribution")).isEqualTo(40);
            assertThat(base().count("infra_route_optique where reference_prise = ''"))
                    .isZero();
        }

        @Test
        @DisplayName("de même, par solution 2 : quarante routes distinctes, soixante HOTLINE")
        void theOthersAreToldHotline() throws Exception {
            terrain.admit(order());
            load();

            List<Reponse> answers = hundred(oc(Map.of("saturation", "solution-2")));

            List<String> positions = answers.stream().map(Promesses::position).toList();
            assertThat(positions).filteredOn("HOTLINE"::equals).hasSize(60);
            assertThat(positions)
                    .filteredOn(one -> !one.equals("HOTLINE"))
                    .hasSize(40)
                    .doesNotHaveDuplicates();
        }

        @Test
        @DisplayName(
                "un lot de cent commandes rend de même, par solution 1 : soixante routes données une seconde fois, à tour de rôle")
        void aLotIsAnsweredAsOrdersAre() {
            terrain.admit(order());
            load();

            List<Reponse> answers = answer(
                    oc(Map.of("saturation", "solution-1")),
                    IntStream.range(0, 100).mapToObj(i -> order()).toList());

            Map<String, Long> given = answers.stream()
                    .map(Promesses::position)
                    .collect(
                            java.util.stream.Collectors.groupingBy(one -> one, java.util.stream.Collectors.counting()));
            assertThat(given).hasSize(40);
            assertThat(given.values()).allMatch(times -> times == 2 || times == 3);
            assertThat(answers.stream()
                            .map(one -> ((Reponse.Accorde) one).champs().get("ReferencePrise")))
                    .doesNotHaveDuplicates();
        }

        @Test
        void whatIsGivenBackIsGivenAgainAndWhatWasBuiltIsNot() {
            terrain = new Terrain("MONO", 1);
            terrain.admit(order());
            load();
            Referentiel referentiel = InfraDEssai.referentiel(base(), clock());
            Map<String, String> first = order();
            String position = position(answer(oc(Map.of()), first));
            assertThat(answer(oc(Map.of()), order())).isEqualTo(new Reponse.Refuse("FINT02"));

            base().transactions()
                    .run(() -> referentiel.release("OCXA", first.get("ReferenceCommandePriseInterneOC"), false, false));
            Map<String, String> second = order();
            assertThat(position(answer(oc(Map.of()), second))).isEqualTo(position);
            assertThat(base().count("infra_pto")).isOne();

            base().transactions().run(() -> {
                referentiel.inService("OCXA", second.get("ReferenceCommandePriseInterneOC"));
                referentiel.release("OCXA", second.get("ReferenceCommandePriseInterneOC"), false, false);
            });
            assertThat(answer(oc(Map.of()), order()))
                    .as("the socket is there, nothing is reserved")
                    .isEqualTo(new Reponse.Refuse("FINT01"));
            assertThat(base().count("infra_attribution")).isZero();
        }

        @Test
        void whoeverSharesARouteInheritsIt() {
            terrain = new Terrain("MONO", 1);
            terrain.admit(order());
            load();
            Operateur oc = oc(Map.of("saturation", "solution-1"));
            Map<String, String> first = order();
            answer(oc, first);
            Reponse.Accorde second = (Reponse.Accorde) answer(oc, order());

            base().transactions()
                    .run(() -> InfraDEssai.referentiel(base(), clock())
                            .release("OCXA", first.get("ReferenceCommandePriseInterneOC"), false, false));

            assertThat(base().count(
                                    "infra_route_optique where reference_prise = ?",
                                    second.champs().get("ReferencePrise")))
                    .isOne();
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({"MONO,1", "BI,2", "QUADRI,4"})
        void asManyBlocksAsFibres(String ingenierie, int fibres) {
            terrain = new Terrain(ingenierie, 5);
            terrain.admit(order());
            load();

            Reponse.Accorde answer = (Reponse.Accorde) answer(oc(Map.of()), order());

            assertThat(answer.champs().keySet().stream().filter(champ -> champ.startsWith("OC ")))
                    .hasSize(fibres);
            assertThat(answer.champs()).containsEntry("OC 1", "OCXA").containsEntry("ConnecteurPriseNumero N°1", "1");
            assertThat(base().count(
                                    "infra_route_optique where reference_prise = ?",
                                    answer.champs().get("ReferencePrise")))
                    .isEqualTo(fibres);
        }

        @Test
        void aDedicatedFibreIsItsOcsAlone() {
            terrain = new Terrain("MONO", 1);
            String pbo = terrain.admit(order());
            terrain.route("PM-1", pbo, "", "NON", "OCXB");
            terrain.route("PM-1", pbo, "", "NON", "OCXA");
            load();

            assertThat(position(answer(oc(Map.of()), order()))).endsWith("3");
            assertThat(position(answer(oc(Map.of()), order()))).endsWith("1");
            assertThat(answer(oc(Map.of()), order())).isEqualTo(new Reponse.Refuse("FINT02"));
        }

        @Test
        void aSocketThatIsThereGivesItsOwnRoute() {
            terrain.admit(order("PriseExistante", "O", "ReferencePrise", "OI-0001-0001"));
            load();

            Reponse.Accorde answer = (Reponse.Accorde)
                    answer(oc(Map.of()), order("PriseExistante", "O", "ReferencePrise", "oi-0001-0001"));

            assertThat(answer.champs()).containsEntry("ReferencePrise", "OI-0001-0001");
            assertThat(position(answer)).endsWith("41");
            assertThat(base().count("infra_route_optique where reference_prise = ''"))
                    .isEqualTo(40);
        }

        @Test
        void anUnnamedSocketIsHotline() {
            terrain.admit(order());
            load();

            Reponse.Accorde answer = (Reponse.Accorde) answer(oc(Map.of()), order("PriseExistante", "O"));

            assertThat(answer.hotline()).isTrue();
            assertThat(answer.champs())
                    .containsEntry("ReferencePrise", "HOTLINE")
                    .containsEntry("ConnecteurPriseNumero N°1", "0")
                    .containsEntry("OC 1", "OCXA");
        }

        @ParameterizedTest(name = "{2} : {0}={1}")
        @CsvSource({
            "ReferencePm, PM-9, FIMP07",
            "ReferencePrestationPm, OCXA-PM-9, FIMP04",
            "ReferencePrestationPm, OCXB-PM-1, FIMP04",
            "ReferencePm, PM-2, FIMP08",
            "ReferencePrestationPm, OCXA-PM-2, FIMP05",
            "NumeroVoieImmeuble, 13, FADR01",
            "TypeCommandeDemande, LOCA, FIMP06",
            "Etage, 3, FADR04",
            "Escalier, Z, FADR03",
            "Batiment, Z, FADR02",
        })
        void theFirstCheckThatFailsGivesTheMotif(String champ, String valeur, String motif) {
            terrain.admit(order("Batiment", "A", "Escalier", "1", "Etage", "2"));
            terrain.admit(
                    order("ReferencePm", "PM-2", "ReferencePrestationPm", "OCXA-PM-2", "NumeroVoieImmeuble", "99"));
            load();
            InfraDEssai.loadSome(
                    base(),
                    Inventaire.PRESTATION_PM,
                    "ReferencePrestationPm;Operateur;ReferencePm;Financement\nOCXA-PM-1;OCXA;PM-1;COFI\nOCXB-PM-1;OCXB;PM-1;COFI\n");

            assertThat(answer(oc(Map.of()), order("Batiment", "A", "Escalier", "1", "Etage", "2", champ, valeur)))
                    .isEqualTo(new Reponse.Refuse(motif));
            assertThat(base().count("infra_attribution")).isZero();
        }

        @ParameterizedTest(name = "{1} : {0}")
        @CsvSource({
            "CIBLE;O;, FIMP11",
            "ABANDONNE;O;, FIMP10",
            "DEPLOYE;N;, FIMP10",
            "DEPLOYE;O;20270101, FIMP11",
        })
        void anAddressThatIsNotToBeOrdered(String immeuble, String motif) {
            terrain.admit(order());
            load();
            InfraDEssai.load(
                    base(),
                    Inventaire.IMMEUBLE,
                    "IdentifiantImmeuble;CodeInseeImmeuble;CodeVoieRivoliImmeuble;NumeroVoieImmeuble;ReferencePm;ReferencePBO;"
                            + "EtatImmeuble;Adduction;DateMiseEnServiceCommercialeImmeuble\nIMB;64445;0417;12;PM-1;PBO-000001;"
                            + immeuble + "\n");

            assertThat(answer(oc(Map.of()), order())).isEqualTo(new Reponse.Refuse(motif));
        }

        @Test
        void aSocketMustBeKnownAndAtThisAddress() {
            terrain.admit(order("PriseExistante", "O", "ReferencePrise", "OI-0001-0001"));
            terrain.admit(order("NumeroVoieImmeuble", "99", "PriseExistante", "O", "ReferencePrise", "OI-0001-0002"));
            load();

            assertThat(answer(oc(Map.of()), order("PriseExistante", "O", "ReferencePrise", "OI-9999-9999")))
                    .isEqualTo(new Reponse.Refuse("FIMP02"));
            assertThat(answer(oc(Map.of()), order("PriseExistante", "O", "ReferencePrise", "OI-0001-0002")))
                    .isEqualTo(new Reponse.Refuse("FIMP03"));
        }

        @Test
        @DisplayName("AUTO : COFI tant que le niveau souscrit n'est pas atteint, LOCA ensuite")
        void autoIsCofiBelowTheThreshold() {
            terrain.admit(order());
            load();
            Operateur oc = oc(Map.of("seuilAuto", 1));
            List<Map<String, String>> some = IntStream.range(0, 12)
                    .mapToObj(i -> order("TypeCommandeDemande", "AUTO"))
                    .toList();

            List<Reponse> answers = new ArrayList<>(answer(oc, some.subList(0, 6)));
            answers.addAll(answer(oc, some.subList(6, 12)));

            assertThat(answers.stream()
                            .map(one -> ((Reponse.Accorde) one).champs().get("TypeCommandeRetenu")))
                    .containsExactly(
                            "COFI", "COFI", "COFI", "COFI", "COFI", "COFI", "COFI", "COFI", "COFI", "COFI", "LOCA",
                            "LOCA");
        }

        @Test
        @DisplayName("un chargement ne reprend pas ce qu'une commande tient")
        void aLoadLeavesWhatOrdersHold() {
            terrain.admit(order());
            load();
            answer(oc(Map.of()), order());

            load();

            assertThat(base().count("infra_route_optique where reference_prise <> ''"))
                    .isOne();
            assertThat(base().count("infra_route_optique")).isEqualTo(40);
        }
    }
}
