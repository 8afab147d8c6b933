package fr.interophub.echange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.echange.Journal.Etiquette;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What any journal owes the hub. */
abstract class JournalContract extends SurUneBase {

    JournalContract(BaseDEssai base) {
        super(base);
    }

    EchangeDEssai echange() {
        return new EchangeDEssai(base(), clock());
    }

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    Transmission receive(String fichier, byte[] bytes) throws IOException {
        return echange().journal().receive("OCXA", "SFTP", fichier, new ByteArrayInputStream(bytes));
    }

    byte[] read(UUID id) throws IOException {
        try (InputStream in = echange().journal().open(id)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, JdbcJournal.SLICE - 1, JdbcJournal.SLICE, JdbcJournal.SLICE + 1, 3 * JdbcJournal.SLICE})
    void keepsTheBytesAsTheyCame(int size) throws IOException {
        Transmission file = receive("CMD é 📶.csv", bytes(size));

        assertThat(read(file.id())).isEqualTo(bytes(size));
        assertThat(file.taille()).isEqualTo(size);
        assertThat(file.doublonDe()).isNull();
        assertThat(echange().journal().find(file.id())).contains(file);
        assertThat(base().count("a_traiter where journal_id = ?", file.id())).isOne();
    }

    @Test
    void keepsWhatASlowSourceGivesDropByDrop() throws IOException {
        byte[] bytes = bytes(JdbcJournal.SLICE + 10);
        InputStream drops = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1_000));
            }
        };

        Transmission file = echange().journal().receive("OCXA", "SFTP", "f.csv", drops);

        assertThat(read(file.id())).isEqualTo(bytes);
        assertThat(base().count("contenu")).isEqualTo(2);
    }

    @Test
    void theSameBytesAgainAreTakenWithoutEffect() throws IOException {
        Transmission first = receive("a.csv", bytes(100));

        Transmission again = receive("b.csv", bytes(100));

        assertThat(again.doublonDe()).isEqualTo(first.id());
        assertThat(again.termineLe()).isNotNull();
        assertThat(base().count("a_traiter")).isOne();
        assertThat(base().count("contenu")).as("the bytes are kept once").isOne();
        assertThat(read(again.id())).as("and the copy still gives them").isEqualTo(bytes(100));
        assertThat(receive("c.csv", bytes(100)).doublonDe())
                .as("a third one points to the first, not to the copy")
                .isEqualTo(first.id());
    }

    @Test
    void theSameBytesFromAnotherOperatorAreNews() throws IOException {
        receive("a.csv", bytes(100));

        assertThat(echange()
                        .journal()
                        .receive("OCXB", "SFTP", "a.csv", new ByteArrayInputStream(bytes(100)))
                        .doublonDe())
                .isNull();
    }

    @Test
    void theSameBytesAgainAreProcessedIfTheFirstWereQuarantined() throws IOException {
        Transmission first = receive("a.csv", bytes(100));
        base().transactions()
                .run(() -> echange().quarantaines(Alertes.SILENCE).keepFile(first, "ENTETE_INCONNUE", "…", 1L));

        Transmission again = receive("a.csv", bytes(100));

        assertThat(again.doublonDe()).isNull();
        assertThat(base().count("a_traiter where journal_id = ?", again.id())).isOne();
        assertThat(read(again.id())).isEqualTo(bytes(100));
    }

    @Test
    void aSourceThatFailsInTheMiddleLeavesNothing() {
        InputStream failing =
                new SequenceInputStream(new ByteArrayInputStream(bytes(2 * JdbcJournal.SLICE + 7)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the line is cut");
                    }
                });

        assertThatThrownBy(() -> echange().journal().receive("OCXA", "SFTP", "a.csv", failing))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("the line is cut");

        assertThat(base().count("journal")).isZero();
        assertThat(base().count("contenu")).isZero();
        assertThat(base().count("a_traiter")).isZero();
    }

    @Test
    void keepsAnOverlongNameCut() throws IOException {
        Transmission file = receive("📶".repeat(600) + ".csv", bytes(3));

        assertThat(echange().journal().find(file.id())).contains(file);
        assertThat(file.fichier()).endsWith("…").hasSizeLessThanOrEqualTo(1024);
    }

    @Test
    void whatLeavesIsKeptAndQueuedInTheCallersTransaction() throws IOException {
        byte[] bytes = bytes(JdbcJournal.SLICE + 1);
        Transmission file = base().transactions()
                .run(() -> echange()
                        .journal()
                        .emit(
                                new Etiquette("OCXA", "SFTP", "OIDE_OCXA.csv", "acces", "AR_Cmd_Acces", "1.2"),
                                7,
                                bytes));

        assertThat(read(file.id())).isEqualTo(bytes);
        assertThat(echange().journal().find(file.id())).contains(file);
        assertThat(file.acheminement()).isEqualTo(Acheminement.A_EMETTRE);
        assertThat(base().count("a_emettre where journal_id = ?", file.id())).isOne();

        assertThatThrownBy(() -> base().transactions().run(() -> {
                    echange()
                            .journal()
                            .emit(new Etiquette("OCXA", "SFTP", "x.csv", "acces", "AR_Cmd_Acces", "1.2"), 7, bytes);
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(base().count("a_emettre")).isOne();
    }

    @Test
    void whatWeSentIsNoCopyOfWhatComesIn() throws IOException {
        base().transactions()
                .run(() -> echange()
                        .journal()
                        .emit(new Etiquette("OCXA", "SFTP", "x.csv", "acces", "AR_Cmd_Acces", "1.2"), 7, bytes(100)));

        assertThat(receive("x.csv", bytes(100)).doublonDe()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Sens.class)
    void whatIsSaidInADialogueIsKeptInTheCallersTransactionAndQueuedNowhere(Sens sens) throws IOException {
        byte[] bytes = bytes(JdbcJournal.SLICE + 1);
        Transmission call = base().transactions()
                .run(() -> echange()
                        .journal()
                        .keep(
                                sens,
                                new Etiquette("OCXA", "SOAP", "set.xml", "sav", "setTroubleTicketByValue", "2.1"),
                                bytes));

        assertThat(read(call.id())).isEqualTo(bytes);
        assertThat(echange().journal().find(call.id())).contains(call);
        assertThat(call.termineLe() != null).isEqualTo(sens == Sens.ENTRANT);
        assertThat(base().count("a_traiter")).isZero();
        assertThat(base().count("a_emettre")).isZero();

        assertThatThrownBy(() -> base().transactions().run(() -> {
                    echange().journal().keep(sens, new Etiquette("OCXA", "SOAP", "set.xml", "sav", "x", "2.1"), bytes);
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(base().count("journal")).isOne();
    }

    @Test
    void aCallMadeTwiceIsKeptTwiceAndIsNoCopyOfAFile() throws IOException {
        for (int i = 0; i < 2; i++) {
            Transmission call = base().transactions()
                    .run(() -> echange()
                            .journal()
                            .keep(
                                    Sens.ENTRANT,
                                    new Etiquette("OCXA", "SOAP", "set.xml", "sav", "x", "2.1"),
                                    bytes(100)));
            assertThat(call.doublonDe()).isNull();
        }
        assertThat(base().count("journal")).isEqualTo(2);
        assertThat(receive("x.csv", bytes(100)).doublonDe()).isNull();
    }
}
