package fr.interophub.transport.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelSubsystem;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same door for a client of another family, the one our own routes use towards external servers. */
class AutreClientTest {

    @TempDir
    Path data;

    Banc banc;
    Session session;

    @BeforeEach
    void open() throws JSchException {
        banc = new Banc(data);
        session = new JSch().getSession("ocxa", "127.0.0.1", banc.server.port());
        session.setPassword("demo-ocxa");
        session.setConfig("StrictHostKeyChecking", "no");
        session.connect(10_000);
    }

    @AfterEach
    void close() {
        session.disconnect();
        banc.close();
    }

    @Test
    void filesComeAndGo() throws Exception {
        var sftp = (ChannelSftp) session.openChannel("sftp");
        sftp.connect(10_000);
        sftp.cd("entrant");
        sftp.put(new ByteArrayInputStream("a;b".getBytes()), "été.csv.tmp");
        sftp.chmod(0644, "été.csv.tmp");
        sftp.rename("été.csv.tmp", "été.csv");
        assertThat(sftp.ls("*.csv").toString()).contains("été.csv");
        Files.writeString(banc.sortant().resolve("AR.csv"), "AR");
        sftp.cd("../sortant");
        assertThat(sftp.pwd()).isEqualTo("/sortant");
        assertThat(new String(sftp.get("AR.csv").readAllBytes())).isEqualTo("AR");
        sftp.rm("AR.csv");
        assertThatThrownBy(() -> sftp.cd("../../OCXB")).isInstanceOf(SftpException.class);
        assertThat(Banc.onDisk(banc.entrant())).containsExactly("%C3%A9t%C3%A9.csv");
    }

    @Test
    void noShellNoCommandNoScp() throws Exception {
        refused(session.openChannel("shell"));
        for (String command : List.of("id", "scp -t /entrant", "scp -f /sortant", "/usr/lib/openssh/sftp-server", "")) {
            var exec = (ChannelExec) session.openChannel("exec");
            exec.setCommand(command);
            refused(exec);
        }
        var scp = (ChannelSubsystem) session.openChannel("subsystem");
        scp.setSubsystem("scp");
        scp.setWantReply(true);
        refused(scp);
    }

    private static void refused(Channel channel) {
        assertThatThrownBy(() -> channel.connect(10_000))
                .isInstanceOf(JSchException.class)
                .hasMessageContaining("request");
        channel.disconnect();
    }

    @Test
    void noAgentNoScreen() throws Exception {
        var sftp = (ChannelSftp) session.openChannel("sftp");
        sftp.setAgentForwarding(true);
        sftp.setXForwarding(true);
        sftp.connect(10_000);
        assertThat(sftp.pwd()).isEqualTo("/");
        assertThatThrownBy(() -> session.setPortForwardingR(0, "127.0.0.1", 9)).isInstanceOf(JSchException.class);
    }
}
