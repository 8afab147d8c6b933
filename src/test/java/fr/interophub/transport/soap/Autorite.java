package fr.interophub.transport.soap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** A certificate authority of the tests, made by the JDK's own keytool: our server, an OC, and a stranger it never signed. */
final class Autorite {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final KeyStore all;

    Autorite(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        this.folder = folder;
        keytool("autorite", "CN=Autorite d'essai", "-ext", "bc:c");
        keytool("hub", "CN=hub", "-signer", "autorite", "-ext", "san=ip:127.0.0.1");
        keytool("ocxa", "CN=OC Alpha,O=OCXA", "-signer", "autorite");
        keytool("ocinconnu", "CN=OC Omega,O=OCZZ", "-signer", "autorite");
        keytool("etranger", "CN=OC Alpha,O=OCXA");
        this.all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("tout.p12"))) {
            all.load(in, PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("autorite", all.getCertificate("autorite"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("autorites.p12"))) {
            trusted.store(out, PASSWORD);
        }
    }

    private void keytool(String alias, String subject, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                subject,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("tout.p12").toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    /** The settings of the hub's TLS port. */
    List<String> settings(int port) {
        return List.of(
                "--hub.tls.bundle=sav",
                "--hub.tls.port=" + port,
                "--spring.ssl.bundle.jks.sav.key.alias=hub",
                "--spring.ssl.bundle.jks.sav.keystore.location=file:" + folder.resolve("tout.p12"),
                "--spring.ssl.bundle.jks.sav.keystore.password=" + new String(PASSWORD),
                "--spring.ssl.bundle.jks.sav.keystore.type=PKCS12",
                "--spring.ssl.bundle.jks.sav.truststore.location=file:" + folder.resolve("autorites.p12"),
                "--spring.ssl.bundle.jks.sav.truststore.password=" + new String(PASSWORD),
                "--spring.ssl.bundle.jks.sav.truststore.type=PKCS12");
    }

    X509Certificate certificate(String alias) throws GeneralSecurityException {
        return (X509Certificate) all.getCertificate(alias);
    }

    /** What a client shows, and that it trusts our authority; null: it shows nothing. */
    SSLContext client(String alias) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (alias != null) {
            own.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("autorite", all.getCertificate("autorite"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                alias == null ? null : new KeyManager[] {new Insistant(alias, keys)},
                trust.getTrustManagers(),
                new SecureRandom());
        return context;
    }

    /** Shows its certificate whether or not the server said that it trusts its issuer. */
    private static final class Insistant extends X509ExtendedKeyManager {

        private final String alias;
        private final X509ExtendedKeyManager keys;

        private Insistant(String alias, KeyManagerFactory factory) {
            this.alias = alias;
            this.keys = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return alias;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return alias;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public X509Certificate[] getCertificateChain(String name) {
            return keys.getCertificateChain(name);
        }

        @Override
        public PrivateKey getPrivateKey(String name) {
            return keys.getPrivateKey(name);
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }
    }
}
