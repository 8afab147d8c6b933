package fr.interophub.transport.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names with accents work where the JVM cannot name a file with an accent. */
class LocaleTest {

    private static final String NOM = "été 🚀 n°1.csv";

    @TempDir
    Path data;

    @Test
    void underAPosixLocale() throws Exception {
        Path out = data.resolve("out.txt");
        var builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().put("LANG", "C");
        builder.environment().put("LC_ALL", "C");
        var child = builder.start();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(Files.readString(out)).isZero();
        assertThat(Banc.onDisk(data.resolve("sftp/OCXA/entrant"))).containsExactly(NomsDeFichiers.encode(NOM));
    }

    /** The other JVM: exit status 0 if all went well. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) throws IOException {
            try (var banc = new Banc(Path.of(args[0]));
                    var sftp = banc.sftp("ocxa")) {
                Banc.put(sftp, "/entrant/avant " + NOM, "content");
                sftp.rename("/entrant/avant " + NOM, "/entrant/" + NOM);
                check(Banc.ls(sftp, "/entrant").equals(List.of(NOM)));
                check(Banc.get(sftp, "/entrant/" + NOM).equals("content"));
            }
            System.exit(0);
        }

        private static void check(boolean right) {
            if (!right) {
                throw new AssertionError();
            }
        }
    }
}
