package fr.interophub.catalogue;

import static fr.interophub.catalogue.Specimens.PAGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Quels que soient les octets")
class CsvFilePropertiesTest {

    private static final FluxSheet MESS = PAGE.feuille("Mess_OC_Cmd_Acces");

    @Provide
    Arbitrary<byte[]> hostile() {
        var mark = Arbitraries.of(
                (byte) ';',
                (byte) '"',
                (byte) '\n',
                (byte) '\r',
                (byte) 0,
                (byte) ' ',
                (byte) 'R',
                (byte) 0xC3,
                (byte) 0xA9,
                (byte) 0x81);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, mark), net.jqwik.api.Tuple.of(1, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(200);
    }

    @Property(tries = 2000)
    void anyBytesAreLinesOrARefusal(@ForAll("hostile") byte[] bytes) throws IOException {
        readOrRefuse(bytes);
    }

    /** The two passes agree, and nothing but {@link FichierIllisible} comes out: {@link CsvFileTest#read} holds them to it. */
    @Property(tries = 2000)
    void anyBytesAfterAHeaderAreLinesOrARefusal(@ForAll("hostile") byte[] bytes) throws IOException {
        var file = new ByteArrayOutputStream();
        file.write((MESS.header() + "\nR1;P;D;m\n").getBytes(UTF_8));
        file.write(bytes);
        readOrRefuse(file.toByteArray());
    }

    private static void readOrRefuse(byte[] bytes) throws IOException {
        try {
            for (var ligne : CsvFileTest.read(bytes, List.of(MESS))) {
                MESS.check(ligne)
                        .forEach(anomalie -> assertThat(anomalie.detail()).isNotBlank());
                assertThat(ligne.champs().values()).noneMatch(value -> value.indexOf('\0') >= 0);
            }
        } catch (FichierIllisible refused) {
            assertThat(refused.detail()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<List<String>> values() {
        return Arbitraries.strings()
                .withChars("aé€😀;\"\r\n \tNÂ°")
                .withCharRange('\u0020', '\u00FF')
                .ofMaxLength(12)
                .filter(value -> value.codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000))
                .list()
                .ofSize(4);
    }

    @Property(tries = 2000)
    void whatIsWrittenIsReadBack(@ForAll("values") List<String> values) throws Exception {
        var champs = new LinkedHashMap<String, String>();
        for (int i = 0; i < MESS.size(); i++) {
            champs.put(MESS.champs().get(i).nom(), values.get(i));
        }
        champs.put("ReferenceCommandePriseInterneOC", "R" + values.get(0));
        var said = MESS.ligne(2, champs);
        var file = new StringBuilder(MESS.header()).append('\n');
        said.writeCsv(file);
        said.writeCsv(file);
        var lines = CsvFileTest.read(file.toString().getBytes(UTF_8), List.of(MESS));
        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.champs()).isEqualTo(said.champs()));
        assertThat(lines.get(0).empreinte(java.util.Set.of())).isEqualTo(said.empreinte(java.util.Set.of()));
    }
}
