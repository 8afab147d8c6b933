package fr.interophub.catalogue;

import static fr.interophub.catalogue.Specimens.CMD;
import static fr.interophub.catalogue.Specimens.CR;
import static fr.interophub.catalogue.Specimens.PAGE;
import static fr.interophub.catalogue.Specimens.commande;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Un fichier csv")
class CsvFileTest {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final FluxSheet MESS = PAGE.feuille("Mess_OC_Cmd_Acces");
    private static final List<FluxSheet> ALL =
            PAGE.flux().stream().map(flux -> PAGE.feuille(flux.code())).toList();
    private static final String H = MESS.header() + "\n";

    static List<Ligne> read(byte[] bytes) throws FichierIllisible, IOException {
        return read(bytes, ALL);
    }

    static List<Ligne> read(byte[] bytes, List<FluxSheet> candidates) throws FichierIllisible, IOException {
        var form = CsvFile.checkForm(() -> new ByteArrayInputStream(bytes), candidates, null, 0);
        var lines = new ArrayList<Ligne>();
        try (var lignes = CsvFile.read(new ByteArrayInputStream(bytes), form)) {
            lignes.forEachRemaining(lines::add);
        }
        assertThat(lines).as("the two passes count the same lines").hasSize((int) form.lignes());
        return lines;
    }

    private static List<Ligne> mess(String text) throws FichierIllisible, IOException {
        return read(text.getBytes(UTF_8), List.of(MESS));
    }

    private static FichierIllisible refused(byte[] bytes) {
        return catchThrowableOfType(FichierIllisible.class, () -> read(bytes));
    }

    private static byte[] written(FluxSheet sheet, Ligne... lines) {
        var out = new StringBuilder(sheet.header()).append('\n');
        for (var line : lines) {
            line.writeCsv(out);
        }
        return out.toString().getBytes(UTF_8);
    }

    // reading

    @Test
    void anOrderIsRecognisedAndRead() throws Exception {
        var lines = read(written(CMD, CMD.ligne(2, commande()), commande("TypeRacco", "STOC")));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).champs()).isEqualTo(commande());
        assertThat(lines.get(0).feuille()).isSameAs(CMD);
        assertThat(lines).extracting(Ligne::numero).containsExactly(2, 3);
    }

    @Test
    void columnsInAnyOrder() throws Exception {
        var lines = mess(
                "Message;date_message;ReferencePrestationPrise;ReferenceCommandePriseInterneOC\nbonjour;20260101 10:00;P1;R1\n");
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.reference()).isEqualTo("R1");
            assertThat(line.get("Message")).isEqualTo("bonjour");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anyLineEndAndNoneAtTheEnd(String end) throws Exception {
        var text = MESS.header() + end + end + "R1;P;D;un" + end + "   " + end + "R2;P;D;deux";
        assertThat(mess(text)).extracting(Ligne::reference).containsExactly("R1", "R2");
        assertThat(mess(text)).extracting(Ligne::numero).containsExactly(3, 5);
    }

    @Test
    void quotesDoubledQuotesAndLineBreaksInside() throws Exception {
        var lines = mess(H + "R1;P;D;\"dit \"\"oui\"\" ;\r\npuis\nnon\"\r\nR2;P;D;5\" de large\n");
        assertThat(lines)
                .extracting(line -> line.get("Message"))
                .containsExactly("dit \"oui\" ;\r\npuis\nnon", "5\" de large");
        assertThat(lines).extracting(Ligne::numero).containsExactly(2, 5);
    }

    @Test
    void valuesAreTrimmedAndListsMadeCanonical() throws Exception {
        var sheet = PAGE.feuille("CR_STOC");
        var text = sheet.header() + "\n R1 ;P;S; ok ;;\u00A0F1\t;20260101 10:00;Oui;;;non;\n";
        assertThat(read(text.getBytes(UTF_8))).singleElement().satisfies(line -> {
            assertThat(line.reference()).isEqualTo("R1");
            assertThat(line.issue()).isEqualTo(Issue.OK);
            assertThat(line.get("ReferencePrise")).isEqualTo("F1");
            assertThat(line.get("PrisePosee")).isEqualTo("OUI");
            assertThat(line.get("NotificationReprovisioningHL")).isEqualTo("NON");
        });
    }

    static Stream<Arguments> encodings() {
        var text = H + "R1;P;D;déjà œuvré\n";
        return Stream.of(
                Arguments.of("UTF-8", text.getBytes(UTF_8)),
                Arguments.of("UTF-8 avec BOM", ("\uFEFF" + text).getBytes(UTF_8)),
                Arguments.of("windows-1252", text.getBytes(WINDOWS_1252)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void anyEncoding(String name, byte[] bytes) throws Exception {
        assertThat(read(bytes, List.of(MESS)))
                .singleElement()
                .matches(line -> line.get("Message").equals("déjà œuvré"));
    }

    @Test
    void aUtf8HeaderOverAWindows1252Body() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.write((CMD.header() + "\n").getBytes(UTF_8));
        var row = new StringBuilder();
        CMD.ligne(2, commande()).writeCsv(row);
        bytes.write(row.toString().getBytes(WINDOWS_1252));
        assertThat(read(bytes.toByteArray()))
                .singleElement()
                .matches(line -> line.get("LibelleVoieImmeuble").equals("des Écoles"));
    }

    @Test
    void theEncodingOfTheContractWins() throws Exception {
        var bytes = (H + "R1;P;D;é\n").getBytes(UTF_8);
        var form = CsvFile.checkForm(() -> new ByteArrayInputStream(bytes), List.of(MESS), ISO_8859_1, 0);
        assertThat(form.charset()).isEqualTo(ISO_8859_1);
        var wide = (H + "R1;P;D;é\n").getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        var other = CsvFile.checkForm(
                () -> new ByteArrayInputStream(wide), List.of(MESS), java.nio.charset.StandardCharsets.UTF_16LE, 0);
        try (var lignes = CsvFile.read(new ByteArrayInputStream(wide), other)) {
            assertThat(lignes.next().get("Message")).isEqualTo("é");
        }
    }

    @Test
    void undefinedBytesAndZerosAreKeptAsReplacementAndTold() throws Exception {
        var bytes = (H + "R1;P;20260101 00:00;a?b\nR2;P;20260101 00:00;a\0b\n").getBytes(ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '?') {
                bytes[i] = (byte) 0x81;
            }
        }
        var lines = read(bytes, List.of(MESS));
        assertThat(lines).extracting(line -> line.get("Message")).containsExactly("a\uFFFDb", "a\uFFFDb");
        assertThat(MESS.check(lines.get(0)))
                .singleElement()
                .matches(anomalie -> anomalie.regle().equals("CARACTERE") && !anomalie.bloquante());
        assertThat(MESS.check(lines.get(1)))
                .singleElement()
                .matches(anomalie -> anomalie.regle().equals("CARACTERE"));
    }

    @Test
    void zeroInAnOrderRefusesItsLineOnly() throws Exception {
        var good = CMD.ligne(2, commande());
        var text = new String(written(CMD, good, good, good), UTF_8).replaceFirst("Martin", "Mar\0tin");
        var lines = read(text.getBytes(UTF_8));
        assertThat(lines.stream().map(line -> CMD.check(line).stream().anyMatch(Anomalie::bloquante)))
                .containsExactly(true, false, false);
    }

    @Test
    void theFirstCandidateWins() throws Exception {
        assertThat(PAGE.feuille("Mess_OI_Cmd_Acces").header()).isEqualTo(MESS.header());
        assertThat(read((H + "R1;P;D;m\n").getBytes(UTF_8), List.of(MESS, PAGE.feuille("Mess_OI_Cmd_Acces")))
                        .get(0)
                        .feuille())
                .isSameAs(MESS);
    }

    @Test
    void versionsAreToldApartByTheirColumns() throws Exception {
        var v13 = Catalogue.load().page("acces", "1.3").feuille("Cmd_Acces");
        var candidates = List.of(CMD, v13);
        assertThat(read(written(CMD, CMD.ligne(2, commande())), candidates)
                        .get(0)
                        .feuille())
                .isSameAs(CMD);
        assertThat(read(written(v13, v13.ligne(2, commande())), candidates)
                        .get(0)
                        .feuille())
                .isSameAs(v13);
    }

    @Test
    void resumesWhereOneHadStopped() throws Exception {
        var text = new StringBuilder(H);
        for (int i = 0; i < 10; i++) {
            text.append("R").append(i).append(";P;D;\"a\nb\"\n\n");
        }
        var bytes = text.toString().getBytes(UTF_8);
        var form = CsvFile.checkForm(() -> new ByteArrayInputStream(bytes), List.of(MESS), null, 0);
        try (var lignes = CsvFile.read(new ByteArrayInputStream(bytes), form)) {
            lignes.skip(2);
            assertThat(lignes.hasNext()).isTrue();
            lignes.skip(3);
            assertThat(lignes.next().reference()).isEqualTo("R5");
            lignes.skip(0);
            assertThat(lignes.next().numero()).isEqualTo(2 + 6 * 3);
            lignes.skip(100);
            assertThat(lignes.hasNext()).isFalse();
            assertThatThrownBy(lignes::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void aColumnLeftOutByContractIsNotRead() throws Exception {
        var theirs = MESS.with(new SurchargeFeuille(null, java.util.Set.of("ReferencePrestationPrise"), null));
        assertThat(read(
                        "ReferenceCommandePriseInterneOC;DateMessage;Message\nR1;20260101 10:00;m\n".getBytes(UTF_8),
                        List.of(theirs)))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.champs())
                            .containsExactly(
                                    Map.entry("ReferenceCommandePriseInterneOC", "R1"),
                                    Map.entry("DateMessage", "20260101 10:00"),
                                    Map.entry("Message", "m"));
                    assertThat(theirs.check(line)).isEmpty();
                });
    }

    // the protocol's own example

    private static String example() throws IOException {
        try (var in = CsvFileTest.class.getResourceAsStream("/catalogue/CR_Cmd_Acces-exemple.csv")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @DisplayName("l'exemple du protocole (§3.3) : lu, puis écrit, ce sont les mêmes octets")
    @Test
    void theProtocolsExample() throws Exception {
        var lines = read(example().getBytes(UTF_8));
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.feuille()).isSameAs(CR);
            assertThat(line.get("ReferencePrise")).isEqualTo("HOTLINE");
            assertThat(line.get("NomModulePm N°1")).isEqualTo("HOTLINE");
            assertThat(line.issue()).isEqualTo(Issue.OK);
            assertThat(CR.check(line)).isEmpty();
            var again = CR.ligne(2, line.champs());
            assertThat(written(CR, again)).isEqualTo(example().getBytes(UTF_8));
        });
    }

    @DisplayName("l'en-tête du second exemple se lit de même : NÂ°1, ReferenceTechniquePrise, referenceCableModulePm")
    @Test
    void theOtherHeadersOfTheProtocol() throws Exception {
        var champs = read(example().getBytes(UTF_8)).get(0).champs();
        var variant = example()
                .replace("N°", "NÂ°")
                .replaceFirst("ReferencePrise", "ReferenceTechniquePrise")
                .replace("ReferenceCableModulePm NÂ°4", "referenceCableModulePm NÂ°4");
        assertThat(read(variant.getBytes(UTF_8)).get(0).champs()).isEqualTo(champs);
        assertThat(read(example().getBytes(WINDOWS_1252)).get(0).champs()).isEqualTo(champs);
    }

    // what condemns a file

    @Test
    void empty() {
        assertThat(refused(new byte[0]).motif()).isEqualTo("FICHIER_VIDE");
        assertThat(refused("\uFEFF".getBytes(UTF_8)).motif()).isEqualTo("FICHIER_VIDE");
        assertThat(refused("\n\r\n  \n".getBytes(UTF_8)).motif()).isEqualTo("FICHIER_VIDE");
    }

    @Test
    void headerOnly() {
        assertThat(refused((CMD.header() + "\n\n").getBytes(UTF_8)))
                .matches(e -> e.motif().equals("SANS_LIGNE")
                        && e.ligne() == null
                        && e.detail().contains("Cmd_Acces"));
    }

    @Test
    void unknownHeader() {
        var header = CMD.header().replace("TypeRacco;", "").replace("IdRdv", "NumeroRdv");
        assertThat(refused((header + "\n1;2\n").getBytes(UTF_8)))
                .matches(e -> e.motif().equals("ENTETE_INCONNUE") && e.ligne() == 1)
                .hasMessageContainingAll(
                        "flux le plus proche : Cmd_Acces 1.2",
                        "colonnes manquantes : TypeRacco, IdRdv",
                        "colonnes inconnues : NumeroRdv");
        assertThat(refused("a,b,c\n1,2,3\n".getBytes(UTF_8)).detail())
                .contains("« a,b,c »", "séparateur « ; » attendu");
        assertThat(refused((H.replace("DateMessage", "Message") + "1;2;3;4\n").getBytes(UTF_8))
                        .detail())
                .contains("colonnes en double : Message");
        assertThat(catchThrowableOfType(FichierIllisible.class, () -> read(H.getBytes(UTF_8), List.of()))
                        .motif())
                .isEqualTo("ENTETE_INCONNUE");
    }

    @Test
    void twoFlux() {
        var mixed = new String(written(CMD, CMD.ligne(2, commande())), UTF_8) + H + "R1;P;D;m\n";
        assertThat(refused(mixed.getBytes(UTF_8)))
                .matches(e -> e.motif().equals("PLUSIEURS_FLUX") && e.ligne() == 3)
                .hasMessageContaining("Mess_O");
        assertThat(refused((H + "R1;P;D;m\n" + H).getBytes(UTF_8)))
                .matches(e -> e.motif().equals("PLUSIEURS_FLUX") && e.ligne() == 3);
    }

    @Test
    void wrongNumberOfColumns() {
        assertThat(refused((H + "R1;P;D;m\nR2;P;D\n").getBytes(UTF_8)))
                .matches(e -> e.motif().equals("NOMBRE_DE_COLONNES") && e.ligne() == 3)
                .hasMessageContaining("4 colonnes attendues, 3 lues");
        assertThat(refused((H + "R1;P;D;m;\n").getBytes(UTF_8)).motif()).isEqualTo("NOMBRE_DE_COLONNES");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\"\"", "\" \"", "\u00A0"})
    void emptyReference(String reference) {
        for (var charset : List.of(UTF_8, WINDOWS_1252)) {
            assertThat(refused((H + "R1;P;D;m\n" + reference + ";P;D;é\n").getBytes(charset)))
                    .matches(e -> e.motif().equals("REFERENCE_VIDE") && e.ligne() == 3)
                    .hasMessageContaining("ReferenceCommandePriseInterneOC");
        }
    }

    @Test
    void aQuoteNeverClosed() {
        assertThat(refused((H + "R1;P;D;m\nR2;P;D;\"oui\nR3;P;D;m\n").getBytes(UTF_8)))
                .matches(e -> e.motif().equals("GUILLEMETS") && e.ligne() == 3);
    }

    @Test
    void anArchive() throws Exception {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(H.getBytes(UTF_8));
        }
        assertThat(refused(zipped.toByteArray()).motif()).isEqualTo("ARCHIVE");
        assertThat(refused(new byte[] {'P', 'K', 3, 4, 0, 0}).motif()).isEqualTo("ARCHIVE");
    }

    @Test
    void tooManyLines() throws Exception {
        var bytes = (H + "R1;P;D;m\nR2;P;D;m\n").getBytes(UTF_8);
        assertThat(CsvFile.checkForm(() -> new ByteArrayInputStream(bytes), List.of(MESS), null, 2)
                        .lignes())
                .isEqualTo(2);
        assertThat(catchThrowableOfType(
                        FichierIllisible.class,
                        () -> CsvFile.checkForm(() -> new ByteArrayInputStream(bytes), List.of(MESS), null, 1)))
                .matches(e -> e.motif().equals("TROP_DE_LIGNES") && e.ligne() == 3);
    }

    /** Two hundred million bytes after a header, none of which is kept; tells how many were read. */
    private static final class Endless extends InputStream {
        private final byte[] head;
        private final byte filler;
        private long served;

        Endless(String head, char filler) {
            this.head = head.getBytes(UTF_8);
            this.filler = (byte) filler;
        }

        @Override
        public int read() {
            return served < head.length ? head[(int) served++] : served++ < 200_000_000 ? filler : -1;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a", "a", ";;"})
    void aRecordThatNeverEnds(String start) {
        for (char filler : new char[] {'a', ';', '\0', '"'}) {
            if (start.equals("\"a") && filler == '"') {
                continue;
            }
            var endless = new Endless(H + "R1;P;D;" + start, filler);
            assertThat(catchThrowableOfType(
                            FichierIllisible.class, () -> CsvFile.checkForm(() -> endless, List.of(MESS), null, 0)))
                    .matches(e -> e.motif().equals("LIGNE_TROP_LONGUE") && e.ligne() == 2);
            assertThat(endless.served).as("bytes read before giving up").isLessThan(10_000_000);
        }
    }

    @Test
    void aFileThatChangedBetweenTheTwoPassesIsNoticed() throws Exception {
        var bytes = (H + "R1;P;D;m\n").getBytes(UTF_8);
        var form = CsvFile.checkForm(() -> new ByteArrayInputStream(bytes), List.of(MESS), null, 0);
        try (var lignes = CsvFile.read(new ByteArrayInputStream((H + "R1;P\n").getBytes(UTF_8)), form)) {
            assertThatThrownBy(lignes::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ligne 2");
        }
    }
}
