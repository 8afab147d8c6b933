package fr.interophub.prevenance;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Composition;
import fr.interophub.echange.EchangeDEssai;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Json;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.parc.Acces;
import fr.interophub.parc.Acces.Etat;
import fr.interophub.parc.Parc;
import fr.interophub.parc.ParcDEssai;
import fr.interophub.parc.Site;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the prévenances owe, whatever the database. */
abstract class PrevenancesContract extends SurUneBase {

    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final Charset PAGE = Charset.forName("windows-1252");
    private static final String PM = "PM-64-001";
    private static final String ENTETE =
            "ReferencePrevenance;ReferencePM;DateHeureDebut;DateHeureFin;Adresse;Commentaire\n";
    private static final String DEBUT = "20261124 08:00";
    private static final String FIN = "20261124 12:00";
    private static final String ACCUSE = "ReferencePrevenance;DateReception\n";
    private static final String DOMMAGE =
            "ReferenceDommageOC;ReferencePM;LocalisationDommage;ContactImmeuble;TelContactImmeuble;DateConstat;Commentaire\n";
    private static final String CAVE = "DOM-1;PM-64-001;Cave, colonne B;M. Étienne;0559000001;20261120;Câble arraché\n";

    /** The alerts that are open, by kind and matter. */
    private final Map<String, String> alertes = new TreeMap<>();

    private final Annuaire annuaire;
    private final Parc parc;
    private final EchangeDEssai echange;
    private final Guichet guichet;
    private final Prevenances prevenances;
    private int fichiers;

    PrevenancesContract(BaseDEssai base) {
        super(base);
        Alertes alerting = new Alertes() {
            @Override
            public void raise(String genre, String sujet, String operateur, String texte) {
                alertes.put(genre + " " + sujet, texte);
            }

            @Override
            public void close(String genre, String sujet) {
                alertes.remove(genre + " " + sujet);
            }
        };
        annuaire = AnnuaireDEssai.of(
                base,
                AnnuaireDEssai.operateur("OCXA"),
                AnnuaireDEssai.operateur("OCXB"),
                AnnuaireDEssai.operateur("OCXC"));
        parc = ParcDEssai.parc(base, clock());
        echange = new EchangeDEssai(base, clock());
        guichet = echange.guichet(CATALOGUE, annuaire, alerting);
        prevenances = new Prevenances(
                CATALOGUE,
                new Prevenances.Voisins(echange.registre(), parc, annuaire, alerting),
                new JdbcAnnonces(base.jdbc()),
                guichet,
                base.transactions(),
                clock(),
                new Prevenances.Reglages("rest", Duration.ofHours(24)));
    }

    // what the register knows

    private void served(String operateur, String prestation, String pm, String adresse) {
        served(operateur, prestation, pm, adresse, Etat.EN_SERVICE);
    }

    private void served(String operateur, String prestation, String pm, String adresse, Etat etat) {
        Acces acces = new Acces(
                operateur,
                prestation,
                "PTO-" + prestation,
                new Site(pm, adresse),
                Instant.parse("2026-01-31T11:00:00Z"),
                null,
                true,
                etat,
                null);
        base().transactions().run(() -> parc.write(List.of(acces)));
    }

    // what the OI says

    private static Annonce annonce(String reference, String... adresses) {
        return new Annonce(reference, PM, DEBUT, FIN, "Remplacement d'un câble", List.of(adresses));
    }

    private Verdict announce(String reference, String... adresses) {
        return prevenances.announce(annonce(reference, adresses), "SI (API)");
    }

    private static Map<String, Integer> told(Verdict verdict) {
        assertThat(verdict.verdict()).as(String.valueOf(verdict.detail())).isEqualTo("OK");
        Map<String, Integer> told = new TreeMap<>();
        verdict.envois().forEach(envoi -> told.put(envoi.operateur(), envoi.adresses()));
        return told;
    }

    // what leaves

    /** The texts of the files that leave, the latest composition only, by operator. */
    private Map<String, List<String>> files() {
        long before = base().count("a_emettre");
        Composition composition = echange.composition(CATALOGUE, annuaire, Duration.ZERO, 10_000);
        while (composition.compose() > 0) {
            // Until nothing is due.
        }
        Map<String, List<String>> files = new TreeMap<>();
        base().jdbc()
                .query(
                        "select operateur, journal_id from a_emettre order by numero offset ? rows",
                        row -> {
                            files.computeIfAbsent(row.getString(1), any -> new ArrayList<>())
                                    .add(text(row.getObject(2, UUID.class)));
                        },
                        before);
        return files;
    }

    private String text(UUID id) {
        try (InputStream in = echange.journal().open(id)) {
            String text = new String(in.readAllBytes(), PAGE);
            assertThat(text).as("CRLF, as the page says").doesNotContainPattern("(?<!\r)\n");
            return text.replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(String reference, String adresse) {
        return "%s;%s;%s;%s;%s;Remplacement d'un câble\n".formatted(reference, PM, DEBUT, FIN, adresse);
    }

    // what an OC says

    private void drop(String operateur, String content) throws IOException {
        echange.journal()
                .receive(
                        operateur,
                        "SFTP",
                        "fichier-" + ++fichiers + ".csv",
                        new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        for (var prise = guichet.next(); prise.isPresent(); prise = guichet.next()) {
            try {
                var ouverture = guichet.open(prise.get());
                guichet.lots(ouverture).forEachRemaining(prevenances::receive);
                guichet.close(ouverture);
            } catch (FichierIllisible e) {
                guichet.quarantine(prise.get(), e);
            }
        }
    }

    private List<String> lives(String operateur) {
        return base().jdbc()
                .query(
                        "select vie, etat from dossier where operateur = ? order by id",
                        (row, i) -> row.getString(1) + " = " + row.getString(2),
                        operateur);
    }

    /** What the SI is told: the operator, the flux, and the state that it led to. */
    private List<String> demandes() {
        return base().jdbc()
                .query(
                        "select operateur, flux, etat from message where demande = true order by id",
                        (row, i) -> "%s %s %s".formatted(row.getString(1), row.getString(2), row.getString(3)));
    }

    private void threeOcsBehindThePm() {
        served("OCXA", "A-1", PM, "1 RUE BASSE, 64000 PAU");
        served("OCXA", "A-2", "pm-64-001", "1 rue Basse, 64000 Pau");
        served("OCXA", "A-3", PM, "3 RUE BASSE, 64000 PAU");
        served("OCXB", "B-1", PM, "3 RUE BASSE, 64000 PAU");
        served("OCXC", "C-1", PM, "5 ALLÉE DES CHÊNES, 64000 PAU");
        served("OCXC", "C-2", "PM-64-002", "9 RUE HAUTE, 64000 PAU");
        served("OCXB", "B-2", PM, "7 RUE BASSE, 64000 PAU", Etat.RESILIEE);
        served("OCXB", "B-3", PM, "11 RUE BASSE, 64000 PAU", Etat.ECRASEE);
    }

    @Test
    @DisplayName("un PM, trois OC : trois fichiers, à chacun ses adresses et elles seules")
    void threeOcsThreeFilesEachWithItsOwnAddressesOnly() {
        threeOcsBehindThePm();

        Verdict verdict = announce("PREV-1");

        assertThat(told(verdict)).isEqualTo(Map.of("OCXA", 2, "OCXB", 1, "OCXC", 1));
        Map<String, List<String>> files = files();
        assertThat(files.get("OCXA"))
                .containsExactly(
                        ENTETE + line("PREV-1", "1 RUE BASSE, 64000 PAU") + line("PREV-1", "3 RUE BASSE, 64000 PAU"));
        assertThat(files.get("OCXB")).containsExactly(ENTETE + line("PREV-1", "3 RUE BASSE, 64000 PAU"));
        assertThat(files.get("OCXC")).containsExactly(ENTETE + line("PREV-1", "5 ALLÉE DES CHÊNES, 64000 PAU"));
        assertThat(lives("OCXA")).containsExactly("PREVMAINT = ANNONCEE");
        assertThat(base().jdbc()
                        .queryForList(
                                "select d.refs from dossier d join message m on m.dossier_id = d.id where m.operateur ="
                                        + " 'OCXA' and d.operateur = m.operateur and m.rang = 2",
                                String.class))
                .map(Json::read)
                .containsExactly(Map.of("ReferencePrevenance", "PREV-1", "ReferencePM", PM));
        assertThat(demandes()).isEmpty();
    }

    @Test
    @DisplayName("avec des adresses, celles-là seules ; écrites autrement, ce sont les mêmes")
    void withAddressesTheIntersection() {
        threeOcsBehindThePm();
        served("OCXB", "B-9", PM, null);

        Verdict verdict = announce(
                "PREV-1", "5, allée des Chenes - 64000 Pau", "3 RUE  BASSE 64000 PAU", "8 RUE BASSE, 64000 PAU");

        assertThat(told(verdict)).isEqualTo(Map.of("OCXA", 1, "OCXB", 1, "OCXC", 1));
        assertThat(verdict.adressesSansAcces()).containsExactly("8 RUE BASSE, 64000 PAU");
        assertThat(verdict.accesSansAdresse()).isOne();
        Map<String, List<String>> files = files();
        assertThat(files.get("OCXA")).containsExactly(ENTETE + line("PREV-1", "3 RUE BASSE, 64000 PAU"));
        assertThat(files.get("OCXC")).containsExactly(ENTETE + line("PREV-1", "5 ALLÉE DES CHÊNES, 64000 PAU"));
    }

    @Test
    @DisplayName("CSV-12 : 20 adresses, 20 lignes ; la vie ne le dit qu'une fois")
    void twentyAddressesTwentyLines() {
        IntStream.rangeClosed(1, 20).forEach(i -> served("OCXA", "A-" + i, PM, i + " RUE BASSE, 64000 PAU"));

        Verdict verdict = announce("PREV-1");

        assertThat(told(verdict)).isEqualTo(Map.of("OCXA", 20));
        assertThat(files().get("OCXA"))
                .singleElement()
                .satisfies(file -> assertThat(file.lines()).hasSize(21));
        assertThat(lives("OCXA")).containsExactly("PREVMAINT = ANNONCEE");
        assertThat(base().count("message where flux = 'PREVMAINT' and nature is null"))
                .isEqualTo(20);
    }

    @Test
    @DisplayName("un accès dont personne n'a dit l'adresse est désigné par sa prestation")
    void anAccessThatNobodyCanPlaceIsNamed() {
        served("OCXA", "A-1", PM, null);

        announce("PREV-1");

        assertThat(files().get("OCXA")).containsExactly(ENTETE + line("PREV-1", "accès A-1"));
    }

    @Test
    @DisplayName("la même annonce de nouveau : la même réponse, rien de plus ; une autre sous sa référence : refusée")
    void sameAgainSameAnswer() {
        threeOcsBehindThePm();
        Verdict first = announce("PREV-1", "3 RUE BASSE, 64000 PAU", "8 RUE BASSE, 64000 PAU");
        files();
        served("OCXC", "C-9", PM, "3 RUE BASSE, 64000 PAU");

        Verdict again = announce(" PREV-1 ", "3 RUE BASSE, 64000 PAU", "8 RUE BASSE, 64000 PAU");
        Verdict other = announce("PREV-1", "3 RUE BASSE, 64000 PAU");
        Verdict inOtherCase = announce("prev-1", "3 RUE BASSE, 64000 PAU", "8 RUE BASSE, 64000 PAU");

        assertThat(again).isEqualTo(first);
        assertThat(List.of(other, inOtherCase)).allSatisfy(refused -> {
            assertThat(refused.ok()).isFalse();
            assertThat(refused.motif()).isEqualTo(Verdict.REFERENCE_DEJA_UTILISEE);
            assertThat(refused.champ()).isEqualTo("ReferencePrevenance");
        });
        assertThat(files()).isEmpty();
        assertThat(base().count("prevenance")).isOne();
    }

    @Test
    @DisplayName("deux fois à la fois : une seule prévenance")
    void twiceAtOnceOnce() throws Exception {
        threeOcsBehindThePm();
        CyclicBarrier together = new CyclicBarrier(4);
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            Callable<Verdict> one = () -> {
                together.await();
                return announce("PREV-1");
            };
            List<Verdict> verdicts = new ArrayList<>();
            for (Future<Verdict> verdict : workers.invokeAll(List.of(one, one, one, one))) {
                verdicts.add(verdict.get());
            }

            assertThat(verdicts).allMatch(Verdict::ok);
            assertThat(verdicts.stream().distinct()).hasSize(1);
            assertThat(base().count("dossier")).isEqualTo(3);
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    @DisplayName("ce qui n'est pas en ordre, ou ne concerne personne, est refusé sans rien laisser")
    void refusedAndNothingKept() {
        threeOcsBehindThePm();

        assertThat(List.of(
                        refused(new Annonce("", PM, DEBUT, FIN, "", null)),
                        refused(new Annonce("P".repeat(31), PM, DEBUT, FIN, "", null)),
                        refused(new Annonce("P", null, DEBUT, FIN, "", null)),
                        refused(new Annonce("P", PM, "24/11/2026", FIN, "", null)),
                        refused(new Annonce("P", PM, DEBUT, "20261131 12:00", "", null)),
                        refused(new Annonce("P", PM, DEBUT, DEBUT, "", null)),
                        refused(new Annonce("P", PM, DEBUT, FIN, "\u0001", null)),
                        refused(new Annonce("P", PM, DEBUT, FIN, "", List.of("1 RUE BASSE", "x".repeat(256)))),
                        refused(new Annonce(
                                "P",
                                PM,
                                DEBUT,
                                FIN,
                                "",
                                IntStream.rangeClosed(0, Prevenances.ADRESSES_MAX)
                                        .mapToObj(String::valueOf)
                                        .toList())),
                        refused(new Annonce("P", "PM-64-003", DEBUT, FIN, "", null)),
                        refused(new Annonce("P", PM, DEBUT, FIN, "", List.of("8 RUE BASSE, 64000 PAU")))))
                .containsExactly(
                        "CHAMP_VIDE ReferencePrevenance",
                        "LONGUEUR ReferencePrevenance",
                        "CHAMP_VIDE ReferencePM",
                        "FORMAT DateHeureDebut",
                        "FORMAT DateHeureFin",
                        "FORMAT DateHeureFin",
                        "CARACTERE Commentaire",
                        "LONGUEUR adresses",
                        "TROP_D_ADRESSES adresses",
                        "PM_INCONNU ReferencePM",
                        "SANS_ACCES adresses");
        assertThat(base().count("prevenance")).isZero();
        assertThat(base().count("ligne_a_emettre")).isZero();
    }

    private String refused(Annonce annonce) {
        Verdict verdict = prevenances.announce(annonce, "admin");
        assertThat(verdict.ok()).isFalse();
        assertThat(verdict.detail()).isNotBlank();
        return verdict.motif() + " " + verdict.champ();
    }

    @Test
    @DisplayName("un OC qui n'a plus de fiche n'est pas prévenu, et le guichet le sait")
    void anOcWithoutSheet() {
        served("OCXA", "A-1", PM, "1 RUE BASSE, 64000 PAU");
        served("OCXZ", "Z-1", PM, "1 RUE BASSE, 64000 PAU");

        assertThat(told(announce("PREV-1"))).isEqualTo(Map.of("OCXA", 1));

        assertThat(alertes).containsOnlyKeys("PREVENANCE_NON_DITE PREV-1 OCXZ");
    }

    @Test
    @DisplayName("l'accusé est suivi et dit au SI, une fois ; le silence est dit au guichet, une fois")
    void acknowledgementsAreFollowedAndSilenceIsTold() throws IOException {
        threeOcsBehindThePm();
        announce("PREV-1");

        drop("OCXA", ACCUSE + "prev-1;20261121\n");
        drop("OCXB", ACCUSE + "PREV-1;jamais\n");
        drop("OCXA", ACCUSE + "PREV-1;20261121 10:00\n");

        assertThat(lives("OCXA")).containsExactly("PREVMAINT > ARPREVMAINT = ACCUSEE");
        assertThat(lives("OCXB")).containsExactly("PREVMAINT > ARPREVMAINT = ACCUSEE");
        assertThat(lives("OCXC")).containsExactly("PREVMAINT = ANNONCEE");
        assertThat(demandes()).containsExactly("OCXA ARPREVMAINT ACCUSEE", "OCXB ARPREVMAINT ACCUSEE");

        clock().advance(Duration.ofHours(23));
        assertThat(prevenances.remind()).isZero();
        clock().advance(Duration.ofHours(1));
        assertThat(prevenances.remind()).isOne();
        assertThat(prevenances.remind()).isZero();
        assertThat(alertes).containsOnlyKeys("PREVENANCE_SANS_ACCUSE PREV-1 OCXC");
        assertThat(alertes.values().iterator().next()).contains("OCXC", "PREV-1", PM, DEBUT);

        drop("OCXC", ACCUSE + "PREV-1;20261122\n");
        assertThat(alertes).isEmpty();
    }

    @Test
    @DisplayName("l'accusé de ce qui n'a pas été dit à cet OC est gardé de côté, ses voisins ne le sont pas")
    void anAccuseOfNothing() throws IOException {
        threeOcsBehindThePm();
        announce("PREV-1", "5 ALLÉE DES CHÊNES, 64000 PAU");
        announce("PREV-2");

        drop("OCXA", ACCUSE + "PREV-1;20261121\n;\nPREV-2;20261121\n");

        assertThat(lives("OCXA")).containsExactly("PREVMAINT > ARPREVMAINT = ACCUSEE");
        assertThat(lives("OCXC")).containsExactly("PREVMAINT = ANNONCEE", "PREVMAINT = ANNONCEE");
        assertThat(base().jdbc()
                        .queryForList("select motif || ' ' || ligne from quarantaine order by id", String.class))
                .containsExactly("DOSSIER_INCONNU 2", "DOSSIER_INCONNU 3");
        assertThat(alertes).containsOnlyKeys("LIGNE_EN_QUARANTAINE OCXA ARPREVMAINT");
    }

    @Test
    @DisplayName("CSV-13 : un dommage signalé est dit au SI et accusé OK")
    void aDamageIsToldAndAcknowledged() throws IOException {
        drop("OCXA", DOMMAGE + CAVE);

        assertThat(lives("OCXA")).containsExactly("PREVDOM > ARPREVDOM OK = ENREGISTRE");
        assertThat(demandes()).containsExactly("OCXA PREVDOM SIGNALE");
        assertThat(files().get("OCXA"))
                .containsExactly("ReferenceDommageOC;DateReception;EtatAR;MotifKO\nDOM-1;20261121 00:30;OK;\n");
        assertThat(base().count("dommage")).isOne();
    }

    @Test
    @DisplayName("un dommage mal dit est accusé KO avec la colonne en cause ; corrigé sous sa référence, il est pris")
    void aFaultyDamageMayBeSaidAgain() throws IOException {
        drop("OCXA", DOMMAGE + "DOM-1;;Cave;M. Étienne;;;\n" + CAVE.replace("DOM-1", "DOM-2"));

        assertThat(lives("OCXA"))
                .containsExactly("PREVDOM > ARPREVDOM KO = NON_RECU", "PREVDOM > ARPREVDOM OK = ENREGISTRE");
        assertThat(demandes()).containsExactly("OCXA PREVDOM SIGNALE");
        assertThat(files().get("OCXA").get(0))
                .contains("DOM-1;20261121 00:30;KO;ReferencePM : vide, obligatoire\n")
                .contains("DOM-2;20261121 00:30;OK;\n");

        drop("OCXA", DOMMAGE + CAVE);

        assertThat(lives("OCXA").get(0)).isEqualTo("PREVDOM > ARPREVDOM KO > PREVDOM > ARPREVDOM OK = ENREGISTRE");
        assertThat(demandes()).hasSize(2);
    }

    @Test
    @DisplayName(
            "le même dommage de nouveau : le même accusé ; un autre sous sa référence, ou sans référence : KO, à part")
    void aDamageAgainAndAReferenceUsedTwice() throws IOException {
        drop("OCXA", DOMMAGE + CAVE);
        files();
        clock().advance(Duration.ofHours(2));

        drop("OCXA", DOMMAGE + CAVE + CAVE.replace("Cave", "Toit") + CAVE.replace("DOM-1", ""));

        assertThat(files().get("OCXA"))
                .containsExactly("ReferenceDommageOC;DateReception;EtatAR;MotifKO\n"
                        + "DOM-1;20261121 00:30;OK;\n"
                        + "DOM-1;20261121 02:30;KO;ReferenceDommageOC : « DOM-1 » a déjà servi à un autre signalement\n"
                        + ";20261121 02:30;KO;ReferenceDommageOC : vide, obligatoire\n");
        assertThat(lives("OCXA")).containsExactly("PREVDOM > ARPREVDOM OK = ENREGISTRE");
        assertThat(demandes()).hasSize(1);

        drop("OCXB", DOMMAGE + CAVE);
        assertThat(lives("OCXB")).as("a reference is its OC's").containsExactly("PREVDOM > ARPREVDOM OK = ENREGISTRE");
    }

    @Test
    @DisplayName("deux fois le même dommage dans un fichier : un dossier, deux accusés")
    void twiceInOneFile() throws IOException {
        drop("OCXA", DOMMAGE + CAVE + CAVE);

        assertThat(lives("OCXA")).containsExactly("PREVDOM > ARPREVDOM OK = ENREGISTRE");
        assertThat(files().get("OCXA").get(0).lines()).hasSize(3);
        assertThat(base().count("message where nature = 'REPETE'")).isEqualTo(2);
    }
}
