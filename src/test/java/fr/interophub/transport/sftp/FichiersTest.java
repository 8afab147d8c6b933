package fr.interophub.transport.sftp;

import static fr.interophub.transport.sftp.Banc.get;
import static fr.interophub.transport.sftp.Banc.ls;
import static fr.interophub.transport.sftp.Banc.onDisk;
import static fr.interophub.transport.sftp.Banc.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an OC may do with files, and what it may not. */
class FichiersTest {

    @TempDir
    Path data;

    Banc banc;
    SftpClient sftp;

    @BeforeEach
    void open() throws IOException {
        banc = new Banc(data);
        sftp = banc.sftp("ocxa");
    }

    @AfterEach
    void close() throws IOException {
        sftp.close();
        banc.close();
    }

    private static void refused(int status, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        SftpException.class,
                        e -> assertThat(e.getStatus()).as(e.getMessage()).isEqualTo(status));
    }

    private static void missing(ThrowingCallable act) {
        refused(SftpConstants.SSH_FX_NO_SUCH_FILE, act);
    }

    private static void denied(ThrowingCallable act) {
        refused(SftpConstants.SSH_FX_PERMISSION_DENIED, act);
    }

    private void drop(String nom) throws IOException {
        put(sftp, nom, "x");
    }

    @Test
    void theRootShowsTheTwoFolders() throws IOException {
        assertThat(ls(sftp, ".")).containsExactly("entrant", "sortant");
        assertThat(ls(sftp, "/")).containsExactly("entrant", "sortant");
        assertThat(sftp.canonicalPath(".")).isEqualTo("/");
        assertThat(sftp.stat("/entrant").isDirectory()).isTrue();
    }

    @Test
    void dropReadRenameRemove() throws IOException {
        put(sftp, "entrant/cmd.csv", "a;b\n");
        assertThat(get(sftp, "/entrant/cmd.csv")).isEqualTo("a;b\n");
        assertThat(sftp.stat("/entrant/cmd.csv").getSize()).isEqualTo(4);
        assertThat(ls(sftp, "/entrant")).containsExactly("cmd.csv");
        sftp.rename("/entrant/cmd.csv", "/entrant/cmd2.csv");
        assertThat(onDisk(banc.entrant())).containsExactly("cmd2.csv");
        sftp.remove("/entrant/cmd2.csv");
        assertThat(onDisk(banc.entrant())).isEmpty();
    }

    @Test
    void overwrite() throws IOException {
        put(sftp, "entrant/cmd.csv", "the first, longer");
        put(sftp, "entrant/cmd.csv", "second");
        assertThat(get(sftp, "entrant/cmd.csv")).isEqualTo("second");
    }

    @Test
    void aProvisionalNameBecomesFinal() throws IOException {
        put(sftp, "entrant/cmd.csv.tmp", "whole");
        assertThat(onDisk(banc.entrant())).containsExactly("cmd.csv.tmp");
        sftp.rename("entrant/cmd.csv.tmp", "entrant/cmd.csv");
        assertThat(banc.entrant().resolve("cmd.csv")).hasContent("whole");
    }

    @Test
    void renameOverAnExistingFileOnlyWhenAsked() throws IOException {
        put(sftp, "entrant/a.tmp", "new");
        put(sftp, "entrant/a.csv", "old");
        refused(SftpConstants.SSH_FX_FAILURE, () -> sftp.rename("entrant/a.tmp", "entrant/a.csv"));
        sftp.getExtension(OpenSSHPosixRenameExtension.class).posixRename("entrant/a.tmp", "entrant/a.csv");
        assertThat(get(sftp, "entrant/a.csv")).isEqualTo("new");
    }

    @Test
    void appendResumesAnUpload() throws IOException {
        put(sftp, "entrant/a.filepart", "one");
        try (var out = sftp.write("entrant/a.filepart", EnumSet.of(OpenMode.Write, OpenMode.Append))) {
            out.write("two".getBytes());
        }
        assertThat(get(sftp, "entrant/a.filepart")).isEqualTo("onetwo");
    }

    @Test
    void clientsThatSetDatesAndRightsAreNotContradicted() throws IOException {
        drop("entrant/a.csv");
        var before = Files.getLastModifiedTime(banc.entrant().resolve("a.csv"));
        sftp.setStat(
                "entrant/a.csv",
                new SftpClient.Attributes()
                        .perms(0777)
                        .modifyTime(FileTime.fromMillis(0))
                        .accessTime(FileTime.fromMillis(0)));
        assertThat(Files.getLastModifiedTime(banc.entrant().resolve("a.csv"))).isEqualTo(before);
        missing(() -> sftp.setStat("entrant/b.csv", new SftpClient.Attributes().perms(0777)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "été à Noël.csv",
                "🚀 commande №1.csv",
                " spaces at both ends ",
                "..\\..\\windows.csv",
                "C:\\temp\\a.csv",
                "50%.csv",
                "%2e%2e%2fetc",
                "-rf",
                "~root",
                "$(reboot)`id`;|&.csv",
                "a\nb.csv",
                "日本語",
                "e\u0301.csv",
                "...",
                "con.csv."
            })
    void anyNameIsKeptAsTheOcWroteIt(String nom) throws IOException {
        put(sftp, "/entrant/" + nom, nom);
        assertThat(ls(sftp, "/entrant")).containsExactly(nom);
        assertThat(get(sftp, "/entrant/" + nom)).isEqualTo(nom);
        assertThat(sftp.lstat("/entrant/" + nom).isRegularFile()).isTrue();
        assertThat(onDisk(banc.entrant()))
                .singleElement()
                .satisfies(surDisque -> assertThat(surDisque).matches("[A-Za-z0-9._%-]+"))
                .satisfies(surDisque ->
                        assertThat(NomsDeFichiers.decode(surDisque)).isEqualTo(nom));
        sftp.rename("/entrant/" + nom, "/entrant/" + nom + "é");
        sftp.remove("/entrant/" + nom + "é");
        assertThat(onDisk(banc.entrant())).isEmpty();
    }

    @Test
    void namesNoDiskHoldsAreRefusedInWords() {
        assertThatThrownBy(() -> drop("/entrant/" + "é".repeat(43))).hasMessageContaining("trop long");
        assertThatThrownBy(() -> drop("/entrant/" + "a".repeat(5000))).hasMessageContaining("trop long");
        assertThatThrownBy(() -> drop("/entrant/a\0b")).hasMessageContaining("nul");
        missing(() -> sftp.stat("/entrant/" + "a".repeat(5000)));
        missing(() -> sftp.stat("/entrant/a\0b"));
        assertThat(onDisk(banc.entrant())).isEmpty();
    }

    @Test
    void subFoldersAreRefused() throws IOException {
        denied(() -> sftp.mkdir("/entrant/lot1"));
        denied(() -> sftp.mkdir("/lot1"));
        drop("/entrant/a.csv");
        missing(() -> drop("/entrant/a.csv/b.csv"));
        missing(() -> drop("/entrant/lot1/b.csv"));
    }

    @Test
    void theRootAndTheFoldersDoNotChange() {
        for (String dossier : List.of("/", "/entrant", "/sortant")) {
            denied(() -> sftp.rmdir(dossier));
            denied(() -> sftp.rename(dossier, "/entrant/ailleurs"));
            assertThatThrownBy(() -> sftp.remove(dossier)).isInstanceOf(SftpException.class);
            assertThatThrownBy(() -> drop(dossier)).isInstanceOf(SftpException.class);
        }
        denied(() -> drop("/a.csv"));
        assertThat(onDisk(data.resolve("sftp/OCXA"))).containsExactly("entrant", "sortant");
    }

    @Test
    void sortantIsReadAndEmptiedOnly() throws IOException {
        Files.writeString(banc.sortant().resolve("AR.csv"), "AR");
        Files.writeString(banc.sortant().resolve("CR.csv.tmp"), "half");
        assertThat(ls(sftp, "/sortant")).containsExactly("AR.csv");
        missing(() -> sftp.stat("/sortant/CR.csv.tmp"));
        missing(() -> get(sftp, "/sortant/CR.csv.tmp"));
        assertThat(get(sftp, "/sortant/AR.csv")).isEqualTo("AR");
        denied(() -> drop("/sortant/AR.csv"));
        denied(() -> drop("/sortant/new.csv"));
        denied(() -> sftp.rename("/sortant/AR.csv", "/sortant/AR2.csv"));
        denied(() -> sftp.rename("/sortant/AR.csv", "/entrant/AR.csv"));
        drop("/entrant/a.csv");
        denied(() -> sftp.rename("/entrant/a.csv", "/sortant/a.csv"));
        denied(() -> sftp.setStat("/sortant/AR.csv", new SftpClient.Attributes().size(0)));
        assertThat(banc.sortant().resolve("AR.csv")).hasContent("AR");
        sftp.remove("/sortant/AR.csv");
        assertThat(onDisk(banc.sortant())).containsExactly("CR.csv.tmp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "/../../../../../../etc/passwd",
                "../../OCXB/entrant/secret.csv",
                "/entrant/../../OCXB/entrant/secret.csv",
                "/OCXB/entrant/secret.csv",
                "/OCXZ/entrant/nobody.csv",
                "/entrant/../../host.key",
                "/../host.key",
                "/entrant/./../../OCXB",
                "/OCXB",
                "/OCXZ",
                "/sortant/../../../sftp/OCXB/entrant/secret.csv",
                "/entrant/secret.csv/",
                "//entrant//..//..//OCXB//entrant//secret.csv"
            })
    void everythingElseIsAMissingFile(String path) throws IOException {
        Files.writeString(banc.server.entrant("OCXB").resolve("secret.csv"), "secret");
        missing(() -> sftp.stat(path));
        missing(() -> sftp.lstat(path));
        missing(() -> get(sftp, path));
        missing(() -> sftp.remove(path));
        missing(() -> ls(sftp, path));
        missing(() -> sftp.rename(path, "/entrant/a.csv"));
        missing(() -> sftp.setStat(path, new SftpClient.Attributes().perms(0777)));
        drop("/entrant/mine.csv");
        assertThatThrownBy(() -> sftp.rmdir(path)).isInstanceOf(SftpException.class);
        assertThat(data.resolve("sftp/OCXB/entrant/secret.csv")).hasContent("secret");
        assertThat(banc.entrant().resolve("mine.csv")).exists();
    }

    @Test
    void writingElsewhereSaysTheSameWhetherItExistsOrNot() throws IOException {
        banc.server.prepare("OCXB");
        for (var act : List.<Function<String, ThrowingCallable>>of(
                dir -> () -> drop(dir + "/entrant/a.csv"),
                dir -> () -> drop(dir),
                dir -> () -> sftp.mkdir(dir),
                dir -> () -> sftp.rmdir(dir),
                dir -> () -> sftp.rmdir(dir + "/entrant"),
                dir -> () -> sftp.mkdir(dir + "/entrant"))) {
            assertThat(message(act.apply("/../OCXB"))).isEqualTo(message(act.apply("/../OCXZ")));
        }
        assertThat(onDisk(data.resolve("sftp/OCXB/entrant"))).isEmpty();
    }

    private static String message(ThrowingCallable act) {
        try {
            act.call();
        } catch (Throwable e) {
            assertThat(e).isInstanceOf(SftpException.class);
            return ((SftpException) e).getStatus() + e.getMessage();
        }
        throw new AssertionError("done, and should not have been");
    }

    @Test
    void linksAreNotMade() throws IOException {
        drop("/entrant/a.csv");
        refused(SftpConstants.SSH_FX_OP_UNSUPPORTED, () -> sftp.symLink("/entrant/l", "/etc/passwd"));
        refused(SftpConstants.SSH_FX_OP_UNSUPPORTED, () -> sftp.readLink("/entrant/a.csv"));
        assertThatThrownBy(() -> sftp.link("/entrant/l", "/entrant/a.csv", false))
                .isNotNull();
        assertThat(onDisk(banc.entrant())).containsExactly("a.csv");
    }

    @Test
    void linksFromOurSideAreMissingFiles() throws IOException {
        Path outside = Files.writeString(data.resolve("outside.txt"), "outside");
        Files.createSymbolicLink(banc.entrant().resolve("link.csv"), outside);
        Files.createSymbolicLink(banc.entrant().resolve("dir"), data);
        Files.createSymbolicLink(banc.sortant().resolve("link.csv"), outside);
        Files.createDirectory(banc.entrant().resolve("folder"));
        assertThat(ls(sftp, "/entrant")).isEmpty();
        assertThat(ls(sftp, "/sortant")).isEmpty();
        missing(() -> get(sftp, "/entrant/link.csv"));
        missing(() -> get(sftp, "/sortant/link.csv"));
        missing(() -> sftp.stat("/entrant/link.csv"));
        missing(() -> sftp.remove("/entrant/link.csv"));
        missing(() -> get(sftp, "/entrant/dir/outside.txt"));
        missing(() -> ls(sftp, "/entrant/folder"));
        denied(() -> drop("/entrant/link.csv"));
        drop("/entrant/a.csv");
        denied(() -> sftp.getExtension(OpenSSHPosixRenameExtension.class)
                .posixRename("/entrant/a.csv", "/entrant/link.csv"));
        assertThat(outside).hasContent("outside");
    }

    @Test
    void aFolderThatBecameALinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(data.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("a.csv"), "outside");
        Files.delete(banc.entrant());
        Files.createSymbolicLink(banc.entrant(), elsewhere);
        missing(() -> get(sftp, "/entrant/a.csv"));
        missing(() -> ls(sftp, "/entrant"));
        missing(() -> drop("/entrant/b.csv"));
        assertThat(onDisk(elsewhere)).containsExactly("a.csv");
        assertThatThrownBy(() -> banc.server.prepare("OCXA")).hasMessageContaining("dossier ordinaire");
    }

    @Test
    void handMadeNamesOnOurDiskAreNotShown() throws IOException {
        Files.writeString(banc.entrant().resolve("a b.csv"), "by hand");
        assertThat(ls(sftp, "/entrant")).isEmpty();
    }

    @Test
    void copyAndHashesAreNotOffered() throws IOException {
        assertThat(sftp.getServerExtensions().keySet())
                .doesNotContain("copy-file", "copy-data", "hardlink@openssh.com", "check-file", "space-available");
        assertThat(sftp.getVersion()).isEqualTo(3);
    }

    @Test
    void twoUploadsAtOnce() throws Exception {
        byte[] content = new byte[8 << 20];
        new Random(1).nextBytes(content);
        try (var other = banc.sftp("ocxa")) {
            var first = CompletableFuture.runAsync(() -> upload(sftp, "entrant/1.bin", content));
            var second = CompletableFuture.runAsync(() -> upload(other, "entrant/2.bin", content));
            CompletableFuture.allOf(first, second).get();
        }
        for (String nom : List.of("1.bin", "2.bin")) {
            assertThat(Arrays.equals(Files.readAllBytes(banc.entrant().resolve(nom)), content))
                    .isTrue();
        }
    }

    private static void upload(SftpClient sftp, String path, byte[] content) {
        try (var out = sftp.write(path)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileBeingWrittenIsKnown() throws IOException {
        Path surDisque = banc.entrant().resolve("lent.csv");
        try (var handle = sftp.open("/entrant/lent.csv", OpenMode.Write, OpenMode.Create)) {
            sftp.write(handle, 0, new byte[10]);
            assertThat(banc.server.receiving(surDisque)).isTrue();
            sftp.setStat("/entrant/lent.csv", new SftpClient.Attributes().size(5));
            assertThat(banc.server.receiving(surDisque)).isTrue();
        }
        assertThat(banc.server.receiving(surDisque)).isFalse();
        assertThat(Files.size(surDisque)).isEqualTo(5);
    }

    @Test
    void aFileCutShortIsSetAside() throws IOException {
        var cut = banc.sftp("ocxa");
        var handle = cut.open("/entrant/coupé.csv", OpenMode.Write, OpenMode.Create);
        cut.write(handle, 0, "half a li".getBytes());
        cut.getClientSession().close(true);
        await().until(() -> onDisk(banc.entrant()).equals(List.of("coup%C3%A9.csv.part")));
        assertThat(get(sftp, "/entrant/coupé.csv.part")).isEqualTo("half a li");
    }

    @Test
    void stoppingTheServerSetsAsideWhatIsNotWhole() throws IOException {
        var handle = sftp.open("/entrant/a.csv", OpenMode.Write, OpenMode.Create);
        sftp.write(handle, 0, "half".getBytes());
        put(sftp, "/entrant/b.csv", "whole");
        long start = System.nanoTime();
        banc.server.stop();
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
        assertThat(onDisk(banc.entrant())).containsExactly("a.csv.part", "b.csv");
        banc.server.start();
        try (var again = banc.sftp("ocxa")) {
            assertThat(get(again, "/entrant/a.csv.part")).isEqualTo("half");
        }
    }

    @Test
    void aDeadConnectionDoesNotSetAsideWhatALiveOneFinished() throws IOException {
        var dead = banc.sftp("ocxa");
        var handle = dead.open("/entrant/a.csv", OpenMode.Write, OpenMode.Create);
        dead.write(handle, 0, "half".getBytes());
        put(sftp, "/entrant/a.csv", "whole");
        dead.getClientSession().close(true);
        await().until(() -> banc.server.sessions() == 1);
        assertThat(onDisk(banc.entrant())).containsExactly("a.csv");
        assertThat(get(sftp, "/entrant/a.csv")).isEqualTo("whole");
    }

    @Test
    void tooBigIsRefusedAndRemoved() throws IOException {
        banc.close();
        banc = new Banc(
                new SftpSettings("127.0.0.1", 0, data, 600, 100_000, SftpSettings.LOGIN_GRACE, SftpSettings.IDLE));
        sftp = banc.sftp("ocxa");
        upload(sftp, "entrant/just.bin", new byte[100_000]);
        assertThatThrownBy(() -> {
                    try (var handle = sftp.open("entrant/big.bin", OpenMode.Write, OpenMode.Create)) {
                        for (long offset = 0; offset < 200_000; offset += 10_000) {
                            sftp.write(handle, offset, new byte[10_000]);
                        }
                    }
                })
                .isInstanceOf(SftpException.class)
                .hasMessageContaining("trop gros");
        try (var handle = sftp.open("entrant/sparse.bin", OpenMode.Write, OpenMode.Create)) {
            assertThatThrownBy(() -> sftp.write(handle, Long.MAX_VALUE - 5, new byte[1]))
                    .isInstanceOf(SftpException.class);
        }
        assertThat(onDisk(banc.entrant())).containsExactly("just.bin");
    }

    @Test
    void aListingHoldsManyFiles() throws IOException {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(banc.entrant().resolve("f" + i));
        }
        assertThat(ls(sftp, "/entrant")).hasSize(3000);
    }

    @Test
    void whatAKilledProcessWasReceivingIsSetAsideByTheNextOne() throws IOException {
        put(sftp, "/entrant/whole.csv", "whole");
        var handle = sftp.open("/entrant/cut.csv", OpenMode.Write, OpenMode.Create);
        sftp.write(handle, 0, "half a li".getBytes());
        new SftpServer(SftpSettings.of("127.0.0.1", 0, banc.data), login -> Optional.empty(), Clock.systemUTC())
                .recover();
        assertThat(onDisk(banc.entrant())).containsExactly("cut.csv.part", "whole.csv");
    }
}
