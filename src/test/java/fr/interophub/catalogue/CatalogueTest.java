package fr.interophub.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Les pages du catalogue")
class CatalogueTest {

    private static final Page PAGE = Catalogue.load().page("acces", "1.2");

    @Test
    void ourPagesHoldNoFault() {
        assertThat(Catalogue.load().faults()).isEmpty();
        assertThat(Catalogue.load().pages())
                .hasToString("[acces 1.2, acces 1.3, acces 1.3-2022, sav 2.1, sav 3.0, sav 1.0a, infra 1]");
    }

    @Test
    void everyTabOfTheProtocolIsThere() {
        assertThat(PAGE.flux().stream().map(Flux::code))
                .containsExactly(
                        "Cmd_Acces",
                        "AR_Cmd_Acces",
                        "CR_Cmd_Acces",
                        "Cmd_STOC",
                        "CR_STOC",
                        "CR_MAD_LigneFTTH",
                        "Notif_Racc_KO",
                        "CR_MES_LigneFTTH",
                        "Notif_Reprov",
                        "Notif_Ecrasement",
                        "Mess_OI_Cmd_Acces",
                        "Mess_OC_Cmd_Acces",
                        "Annulation_Acces",
                        "CR_Annulation_Acces",
                        "DemandeRdv",
                        "ReponseRdv",
                        "AnnulationRdv",
                        "Demande_Modif_RDV",
                        "Gel_Degel");
        assertThat(PAGE.flux().stream().filter(flux -> !flux.pratique()).map(Flux::code))
                .containsExactly("Gel_Degel");
        assertThat(PAGE.flux().stream()
                        .mapToInt(flux -> PAGE.feuille(flux.code()).size())
                        .sum())
                .isEqualTo(281);
        assertThat(PAGE.motifs()).hasSize(50);
        assertThat(PAGE.etats("commande")).hasSize(18);
        assertThat(PAGE.etats("rdv")).hasSize(7);
    }

    @Test
    void version13AddsTwoColumnsToTheOrderAndInheritsTheRest() {
        var page = Catalogue.load().page("acces", "1.3");
        assertThat(page.feuille("Cmd_Acces").size()).isEqualTo(37);
        assertThat(page.feuille("Cmd_Acces").header())
                .startsWith(PAGE.feuille("Cmd_Acces").header())
                .endsWith(";IdentifiantImmeuble;OffreAccesCommandee");
        assertThat(page.feuille("CR_Cmd_Acces").header())
                .isEqualTo(PAGE.feuille("CR_Cmd_Acces").header());
        assertThat(page.cycle("commande")).isEqualTo(PAGE.cycle("commande"));
        assertThat(page.feuille("CR_STOC").version()).isEqualTo("1.3");
    }

    private static final String CR_DE_81_COLONNES =
            "ReferenceCommandePriseInterneOC;ReferencePrise;ReferencePrestationPrise;EtatCrCommandePrise;"
                    + "MotifKoCrCommandePrise;DateCrCommandePrise;Commentaire;ReferencePrestationPm;ReferencePm;ReferencePmTechnique;"
                    + "LocalisationPm;TypeCommandeRetenu;"
                    + "ReferencePBO;LocalisationPBO;TypeProjectionGeographique;CoordonneePBOX;CoordonneePBOY;HauteurPBO;TypeMaterielPBO;"
                    + "TypePBO;ConditionsSyndic;TypeRaccoPBPTO;AutresInfosPBOPTO;CodeAccesImmeuble;ContactsImmeuble;Pmaccessible;"
                    + "InfoObtentionCle;CodeAccesSousSol;CodeLocalPM;AutresInformations;ContactsSyndic;"
                    + "OC 1;NomModulePm N°1;PositionModulePm N°1;ReferenceCableModulePm N°1;InformationTubeModulePm N°1;"
                    + "InformationFibreModulePm N°1;ReferenceCablePBO N°1;InformationTubePBO N°1;InformationFibrePBO N°1;"
                    + "ConnecteurPriseNumero N°1;ConnecteurPriseCouleur N°1;"
                    + "OC 2;NomModulePm N°2;PositionModulePm N°2;ReferenceCableModulePm N°2;InformationTubeModulePm N°2;"
                    + "InformationFibreModulePm N°2;ReferenceCablePBO N°2;InformationTubePBO N°2;InformationFibrePBO N°2;"
                    + "ConnecteurPriseNumero N°2;ConnecteurPriseCouleur N°2;"
                    + "OC 3;NomModulePm N°3;PositionModulePm N°3;ReferenceCableModulePm N°3;InformationTubeModulePm N°3;"
                    + "InformationFibreModulePm N°3;ReferenceCablePBO N°3;InformationTubePBO N°3;InformationFibrePBO N°3;"
                    + "ConnecteurPriseNumero N°3;ConnecteurPriseCouleur N°3;"
                    + "OC 4;NomModulePm N°4;PositionModulePm N°4;ReferenceCableModulePm N°4;InformationTubeModulePm N°4;"
                    + "InformationFibreModulePm N°4;ReferenceCablePBO N°4;InformationTubePBO N°4;InformationFibrePBO N°4;"
                    + "ConnecteurPriseNumero N°4;ConnecteurPriseCouleur N°4;"
                    + "Reserve1;Reserve2;Reserve3;Reserve4;Reserve5;RaccordementLong";

    @Test
    void theVersionSeenIn2022HasTheHeadersOfTheSpecificationAndInheritsTheRest() {
        var page = Catalogue.load().page("acces", "1.3-2022");
        assertThat(page.feuille("CR_Cmd_Acces").size()).isEqualTo(81);
        assertThat(page.feuille("CR_Cmd_Acces").header()).isEqualTo(CR_DE_81_COLONNES);
        assertThat(page.feuille("CR_STOC").size()).isEqualTo(12 + 17);
        assertThat(page.feuille("CR_STOC").header())
                .startsWith(PAGE.feuille("CR_STOC").header() + ";Reserve1;")
                .endsWith(";Reserve17");
        assertThat(page.feuille("Cmd_Acces").size()).isEqualTo(37);
        assertThat(page.feuille("Cmd_Acces").equivalences().defauts())
                .containsExactly(Map.entry("OffreAccesCommandee", "ACCES_FTTH"));
        assertThat(page.cycle("commande")).isEqualTo(PAGE.cycle("commande"));
    }

    @Test
    void terminalStatesAreThoseOfTheSpecification() {
        assertThat(PAGE.etats("commande").stream().filter(etat -> PAGE.terminal("commande", etat)))
                .containsExactly(
                        "REJETEE_AR", "REJETEE_CR", "REJETEE_MAD", "EN_SERVICE", "ANNULEE", "RESILIEE", "ECRASEE");
        assertThat(PAGE.terminal("commande", "NEANT")).isFalse();
        assertThat(PAGE.libelleEtat("rdv", "CADUC")).contains("caduc");
        assertThatThrownBy(() -> PAGE.terminal("commande", "PERDUE"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("PERDUE");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() -> PAGE.flux("CR_Foo"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("CR_Foo");
        assertThatThrownBy(() -> PAGE.feuille("CR_Foo")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> Catalogue.load().page("acces", "9.9"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("9.9");
        assertThat(Catalogue.load().find("acces", "9.9")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "FIMP18 | FIMP18",
                "fimp18 | FIMP18",
                "TRAITEMENT IMPOSSIBLE : PTO EXISTANTE | FIMP18",
                "Traitement impossible: PTO existante | FIMP18",
                "pto existante | FIMP18",
                "FIMP18 - PTO EXISTANTE | FIMP18",
                "FIMP18: TRAITEMENT IMPOSSIBLE : PTO EXISTANTE | FIMP18",
                "PTO INEXISTANTE | FIMP17",
                "PTO inexistante dans le référentiel OI | FIMP02",
                "position brassage baie opérateur déjà utilisée | FINT09",
                "POSITION BRASSAGE BAIE OPERATEUR DEJA UTILISEE | FINT09",
                "PTO DEJA AFFECTEE A L’OC | FIMP19",
                "commentaires libres | FAUT01"
            })
    void aMotifIsReadHoweverItIsSaid(String text, String code) {
        assertThat(PAGE.readMotif(text)).map(Motif::code).contains(code);
    }

    @ParameterizedTest
    @CsvSource({"le chien a mangé la PTO", "''", "FIMP99", "FIMP"})
    void anUnknownMotifIsUnknown(String text) {
        assertThat(PAGE.readMotif(text)).isEmpty();
        assertThat(PAGE.readMotif(null)).isEmpty();
    }

    @Test
    void severalMotifsInOneField() {
        assertThat(PAGE.readMotifs("FINT04 / affaiblissement trop important").stream()
                        .map(Motif::code))
                .containsExactly("FINT04", "FINT05");
    }

    // a careful colleague

    private static final String HEADER = "champ;alias;forme;longueur;presence;si;sauf;vide;faux;regle;preuve\n";
    private static final String PAGE_SAINE = """
            protocole: essai
            version: "1"
            flux:
              - { code: Cmd, emis-par: [OC], objet: commande, reference: Ref, attend: AR, jeton: CMD, date: Date }
              - { code: AR,  emis-par: [OI], objet: commande, reference: Ref, etat: Etat, motif: Motif, jeton: ARCMD }
            references: [Ref]
            etats:
              commande:
                - { etat: RECUE,  libelle: "Reçue." }
                - { etat: FINIE,  libelle: "Finie.", final: true }
            conditions:
              - { nom: jour, famille: heure, sens: "Il fait jour." }
              - { nom: nuit, famille: heure, sens: "Il fait nuit." }
            cycle:
              commande:
                - { id: C1, en: NEANT, sur: Cmd, vers: RECUE }
                - { id: C2, en: RECUE, sur: AR, ok: FINIE, ko: FINIE, si: [jour] }
                - { id: C3, en: RECUE, sur: AR, ok: FINIE, si: [nuit] }
            """;
    private static final Map<String, String> SAINE = Map.of(
            "index.yaml",
            "pages: [essai-1]",
            "essai-1.yaml",
            PAGE_SAINE,
            "essai-1/Cmd.csv",
            HEADER + "Ref;;texte;30;O;;;;M1;;\nDate;;date-heure;;F;;;;;;\nChoix;Choice;A|B;;O;;;;;;\n",
            "essai-1/AR.csv",
            HEADER + "Ref;;texte;30;O;;;;;;\nEtat;;OK|KO;;O;;;;;;\nMotif;;texte;(255);C;Etat=KO;;;;;\n",
            "essai-1/motifs.csv",
            "code;libelle;flux;cause\nM1;FAMILLE : RAISON;AR;\n");

    private static List<String> faults(Map<String, String> files) {
        return Catalogue.examine(path -> Optional.ofNullable(files.get(path))).faults();
    }

    private static Map<String, String> broken(String file, String wanted, String instead) {
        var files = new HashMap<>(SAINE);
        assertThat(files.get(file)).contains(wanted);
        files.put(file, files.get(file).replace(wanted, instead));
        return files;
    }

    private static String traduction(String section) {
        return "references: [Ref]\ntraduction: { %s }".formatted(section);
    }

    @Test
    void theSoundPageHasNoFault() {
        assertThat(faults(SAINE)).isEmpty();
    }

    static Stream<Arguments> faults() {
        var page = "essai-1.yaml";
        var cmd = "essai-1/Cmd.csv";
        var ar = "essai-1/AR.csv";
        return Stream.of(
                Arguments.of(page, "code: AR, ", "code: Cmd, ", "flux Cmd : écrit deux fois"),
                Arguments.of(
                        page, "attend: AR,", "attend: AR_Foo,", "flux Cmd : attend AR_Foo, que la page ne connaît pas"),
                Arguments.of(page, "emis-par: [OC]", "emis-par: [OX]", "flux Cmd : émis par OX, attendu OI ou OC"),
                Arguments.of(page, "emis-par: [OC]", "emis-par: []", "flux Cmd : personne ne l'émet"),
                Arguments.of(page, "emis-par: [OC]", "emi-par: [OC]", "flux Cmd : colonne « emi-par » inconnue"),
                Arguments.of(page, "jeton: CMD", "jeton: ARCMD", "jeton ARCMD : deux flux le portent"),
                Arguments.of(
                        page,
                        "objet: commande, reference: Ref, etat",
                        "objet: repas, reference: Ref, etat",
                        "flux AR : objet « repas » sans cycle"),
                Arguments.of(
                        page,
                        "reference: Ref, attend",
                        "reference: Reff, attend",
                        "flux Cmd : reference Reff, que sa feuille n'a pas"),
                Arguments.of(page, "etat: Etat", "etat: Motif", "flux AR : Motif n'est pas de forme OK|KO"),
                Arguments.of(page, "motif: Motif", "motif: Raison", "flux AR : motif Raison, que sa feuille n'a pas"),
                Arguments.of(page, "date: Date", "date: Choix", "flux Cmd : Choix n'est pas de forme date-heure"),
                Arguments.of(
                        page,
                        "references: [Ref]",
                        "references: [Ref, Autre]",
                        "références : Autre n'est dans aucune feuille"),
                Arguments.of(
                        page,
                        "references: [Ref]",
                        "references: [Ref]\nfichiers: { encodage: latin-99 }",
                        "fichiers : encodage « latin-99 » inconnu"),
                Arguments.of(
                        page,
                        "references: [Ref]",
                        "references: [Ref]\nfichiers: { entete: large }",
                        "fichiers : entete « large », attendu exacte ou souple"),
                Arguments.of(
                        page,
                        "en: NEANT, sur: Cmd",
                        "en: NEANT, sur: CR_Foo",
                        "cycle commande, C1 en NEANT sur CR_Foo : CR_Foo n'est pas un flux de la page"),
                Arguments.of(
                        page,
                        "en: NEANT, sur: Cmd",
                        "en: NEANT, sur: CR_Foo",
                        "flux Cmd : aucun passage du cycle ne l'emploie"),
                Arguments.of(
                        page,
                        "jeton: ARCMD }",
                        "jeton: ARCMD, hors-cycle: \"sans effet\" }",
                        "flux AR : dit hors cycle, et un passage l'emploie"),
                Arguments.of(
                        page,
                        "vers: RECUE",
                        "vers: RESSUE",
                        "cycle commande, C1 en NEANT sur Cmd : état RESSUE non déclaré"),
                Arguments.of(page, "vers: RECUE", "vers: RESSUE", "commande, état RECUE : aucun passage n'y mène"),
                Arguments.of(
                        page,
                        "vers: RECUE",
                        "ok: RECUE",
                        "cycle commande, C1 en NEANT sur Cmd : le flux ne dit ni OK ni KO, attendu « vers »"),
                Arguments.of(
                        page,
                        "ok: FINIE, si: [nuit]",
                        "vers: FINIE, si: [nuit]",
                        "cycle commande, C3 en RECUE sur AR : le flux dit OK ou KO, « vers » ne sert jamais"),
                Arguments.of(
                        page,
                        "ok: FINIE, si: [nuit]",
                        "si: [nuit]",
                        "cycle commande, C3 en RECUE sur AR : ne mène nulle part"),
                Arguments.of(
                        page,
                        "si: [jour]",
                        "si: [modele-XX]",
                        "cycle commande, C2 en RECUE sur AR : condition modele-XX non déclarée"),
                Arguments.of(page, "si: [jour]", "si: [modele-XX]", "condition jour : aucun passage ne l'emploie"),
                Arguments.of(
                        page,
                        "famille: heure, sens: \"Il fait nuit.\"",
                        "sens: \"Il fait nuit.\"",
                        "cycle commande, en RECUE sur AR : C2 et C3 peuvent s'appliquer ensemble"),
                Arguments.of(page, "nom: nuit", "nom: jour", "condition jour : écrite deux fois"),
                Arguments.of(
                        page, "etat: FINIE,", "etat: PRECEDENT,", "commande, état PRECEDENT : mot réservé, ou vide"),
                Arguments.of(page, "etat: FINIE,", "etat: RECUE,", "commande, état RECUE : écrit deux fois"),
                Arguments.of(
                        page,
                        "libelle: \"Finie.\", final: true",
                        "libelle: \"Finie.\"",
                        "commande, état FINIE : il n'est pas final et aucun passage n'en sort"),
                Arguments.of(page, "version: \"1\"", "version: ", "« protocole » ou « version » n'est pas écrit"),
                Arguments.of(page, "protocole: essai", "herite: essai-0", "essai-0.yaml : fichier absent"),
                Arguments.of(page, "protocole: essai", "protocole: [", "essai-1.yaml : illisible"),
                Arguments.of("index.yaml", "[essai-1]", "[essai-1, essai-2]", "essai-2.yaml : fichier absent"),
                Arguments.of(
                        "index.yaml", "[essai-1]", "[essai-1, essai-1]", "essai 1 : deux pages pour la même version"),
                Arguments.of("index.yaml", "[essai-1]", "[]", "index.yaml : aucune page"),
                Arguments.of(cmd, HEADER, "champ;forme\n", "essai-1/Cmd.csv : colonnes champ;forme"),
                Arguments.of(cmd, HEADER, "champ;forme\n", "flux Cmd : pas de feuille de champs"),
                Arguments.of(cmd, "A|B", "A|", "feuille essai-1/Cmd.csv, champ Choix : forme « A| » inconnue"),
                Arguments.of(
                        cmd,
                        "30;O",
                        "trente;O",
                        "feuille essai-1/Cmd.csv, champ Ref : longueur « trente », attendu 30 ou (30)"),
                Arguments.of(
                        cmd, "30;O", "30;X", "feuille essai-1/Cmd.csv, champ Ref : présence « X », attendu O, F ou C"),
                Arguments.of(cmd, "Choice", "date", "feuille Cmd : colonne ou alias date écrit deux fois"),
                Arguments.of(cmd, ";M1;", ";M2;", "feuille Cmd, champ Ref : motif M2 inconnu"),
                Arguments.of(
                        cmd,
                        "A|B;;O;;",
                        "A|B;;O;Ref=1;",
                        "feuille Cmd, champ Choix : « si » est écrit, la présence devrait être C"),
                Arguments.of(
                        ar,
                        "Etat=KO",
                        "Etat=PEUT-ETRE",
                        "feuille AR, champ Motif : PEUT-ETRE n'est pas une valeur de Etat"),
                Arguments.of(
                        ar,
                        "Etat=KO",
                        "Verdict=KO",
                        "feuille AR, champ Motif : condition sur Verdict, que la feuille n'a pas"),
                Arguments.of(
                        ar,
                        "Etat=KO",
                        "Etat",
                        "feuille essai-1/AR.csv, champ Motif : « Etat » dans « Etat » : attendu champ=valeur"),
                Arguments.of(
                        page,
                        "references: [Ref]",
                        traduction("CR_Foo: {}"),
                        "traduction CR_Foo : ce n'est pas un flux de la page"),
                Arguments.of(
                        page,
                        "references: [Ref]",
                        traduction("Cmd: { defaut: {} }"),
                        "traduction Cmd : colonne « defaut » inconnue"),
                Arguments.of(
                        page,
                        "references: [Ref]",
                        traduction("Cmd: { defauts: { Autre: A } }"),
                        "traduction Cmd : Autre, que sa feuille n'a pas"),
                Arguments.of(
                        page,
                        "references: [Ref]",
                        traduction("Cmd: { defauts: { Choix: C } }"),
                        "traduction Cmd : « C » n'est pas une valeur de Choix"),
                Arguments.of(
                        page,
                        "references: [Ref]",
                        traduction("Cmd: { deplaces: { Choix: [Autre] } }"),
                        "traduction Cmd : place Autre, qu'aucune autre version n'a"),
                Arguments.of(
                        "essai-1/motifs.csv", ";AR;", ";CR_Foo;", "motif M1 : CR_Foo n'est pas un flux de la page"),
                Arguments.of(
                        "essai-1/motifs.csv", "M1;FAMILLE", "M1;AUTRE;AR;\nM1;FAMILLE", "motif M1 : écrit deux fois"));
    }

    @DisplayName("chaque faute est dite")
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "OC;SIGSAV;;NomClient;;CASE CREATE REQUEST;customerLastName;;S1 | ''",
                "OX;SIGSAV;;NomClient;;CASE CREATE REQUEST;customerLastName;;S1 | sav-1.0a/correspondance.csv",
                "OC;CLOSIGSAV;;Commentaire;;CASE CREATE REQUEST;messageContent;;S1 | ce n'est pas un flux que l'OC émet",
                "OC;SIGSAV;;Prenom;;CASE CREATE REQUEST;customerLastName;;S1 | colonne que sa feuille n'a pas",
                "OC;SIGSAV;;NomClient;;CASE CREATE;customerLastName;;S1 | action CASE CREATE, qu'aucune autre version n'a",
                "OC;SIGSAV;;NomClient;;CASE CREATE REQUEST;lastName;;S1 | champ lastName, qu'aucune autre version n'a",
                "OC;SIGSAV;Rdv rempli;NomClient;;CASE CREATE REQUEST;customerLastName;;S1 | condition sur Rdv, que la feuille n'a pas",
                "OI;MSGSAV;type=INFO;Commentaire;;SU CASE INFORMATION NOTIFICATION;messageContent;;S1 | champ type, qu'aucune autre"
            })
    void aCorrespondenceNamesOnlyWhatIsThere(String line, String fault) {
        var said = "emetteur;flux;si;colonne;ecrit;action;champ;vaut;preuve\n" + line + "\n";
        var faults = Catalogue.examine(
                        path -> path.equals("sav-1.0a/correspondance.csv") ? Optional.of(said) : builtIn(path))
                .faults();
        if (fault.isEmpty()) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).anyMatch(told -> told.contains(fault));
        }
    }

    private static Optional<String> builtIn(String path) {
        try (var in = CatalogueTest.class.getResourceAsStream("/catalogue/" + path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("faults")
    void tellsTheFault(String file, String wanted, String instead, String fault) {
        assertThat(faults(broken(file, wanted, instead))).anyMatch(told -> told.contains(fault));
    }

    @DisplayName("toutes les fautes de toutes les pages sont dites ensemble")
    @Test
    void tellsThemAllAtOnce() {
        var files = broken("essai-1.yaml", "attend: AR,", "attend: AR_Foo,");
        files.put("index.yaml", "pages: [essai-1, essai-2]");
        files.put("essai-2.yaml", PAGE_SAINE.replace("version: \"1\"", "version: \"2\""));
        files.put("essai-1/AR.csv", SAINE.get("essai-1/AR.csv").replace("Etat=KO", "Verdict=KO"));
        assertThat(faults(files))
                .containsExactlyInAnyOrder(
                        "essai-1 : flux Cmd : attend AR_Foo, que la page ne connaît pas",
                        "essai-1 : feuille AR, champ Motif : condition sur Verdict, que la feuille n'a pas",
                        "essai-2 : flux Cmd : pas de feuille de champs",
                        "essai-2 : flux AR : pas de feuille de champs",
                        "essai-2 : références : Ref n'est dans aucune feuille");
        assertThat(new CatalogueFautif(List.of("a", "b"))).hasMessage("a\nb");
    }

    @Test
    void reservedWordsOfTheTableAreExpanded() {
        var openStates = PAGE.etats("commande").stream()
                .filter(etat -> !PAGE.terminal("commande", etat))
                .toList();
        assertThat(PAGE.cycle("commande").stream()
                        .filter(passage -> passage.id().equals("T08"))
                        .map(Passage::en))
                .containsExactlyElementsOf(openStates);
        assertThat(PAGE.cycle("commande").stream()
                        .filter(passage -> passage.id().equals("T10")))
                .hasSize(18)
                .allMatch(passage -> passage.ko().equals(Optional.of(passage.en())));
        assertThat(PAGE.cycle("commande").stream()
                        .filter(passage ->
                                passage.id().equals("TO7") && passage.sur().equals("ReponseRdv")))
                .singleElement()
                .matches(passage -> passage.ok().equals(Optional.of(Passage.PRECEDENT)));
        assertThat(PAGE.conditions()).contains("modele-OI", "stoc-ouvert").doesNotContain("pas stoc-ouvert");
    }

    @Test
    void everyColumnOfEverySheetKeepsItsEvidence() throws IOException {
        for (var flux : PAGE.flux()) {
            assertThat(PAGE.feuille(flux.code()).champs())
                    .allMatch(champ -> !champ.preuve().isBlank());
            try (var in = Catalogue.class.getResourceAsStream("/catalogue/acces-1.2/" + flux.code() + ".csv")) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith(HEADER);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        assertThat(PAGE.references()).contains("IdRdv", "NumeroDecharge");
        assertThat(PAGE.flux("Notif_Racc_KO").emisPar()).isEqualTo(Set.of(Role.OC, Role.OI));
    }
}
