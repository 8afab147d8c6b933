package fr.interophub.transport.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import fr.interophub.HubEnMarche;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Declaration;
import fr.interophub.parc.Declarations;
import fr.interophub.parc.Parc;
import fr.interophub.transport.Attentes;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.ws.BindingProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.w3c.dom.Element;

@DisplayName("Our SAV services over real SOAP: introspection, who calls, tolerance, hostile input (MET, SEC, ROB)")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceIT {

    private static final Duration UNDER = Duration.ofSeconds(1);
    private static final Pattern SCHEMA = Pattern.compile("schemaLocation=\"([^\"]+)\"");

    private final AtomicInteger next = new AtomicInteger();
    private HubEnMarche hub;
    private Autorite autorite;
    private URI tls;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        autorite = new Autorite(folder);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        tls = URI.create("https://127.0.0.1:" + port);
        List<String> settings = new ArrayList<>(autorite.settings(port));
        settings.add("--hub.soap.delai=2s");
        hub = HubEnMarche.start(System.getProperty("hub.test.db", "h2"), settings.toArray(String[]::new));
        Annuaire annuaire = hub.context().getBean(Annuaire.class);
        Operateur ocxa = annuaire.find("OCXA").orElseThrow();
        annuaire.save(ocxa.withSecrets(
                ocxa.sftp(),
                ocxa.cleApi(),
                new Operateur.Soap(
                        ocxa.soap().login(),
                        ocxa.soap().motDePasse(),
                        List.of(autorite.certificate("ocxa")
                                .getSubjectX500Principal()
                                .getName()))));
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    /** A creation on an access of its own, in service, without ticket. */
    private String create(String version) {
        String access = access();
        return Essai.sample(version, "01-create-no-rdv")
                .replace("PREST-0001", access)
                .replace("FI-AAAA-0001", "PTO-" + access)
                .replace("OC-0001", "OC-" + access);
    }

    private static String reference(String create) {
        return create.replaceAll("(?s).*<sav:serviceProviderTroubleTicketKey>(.*?)<.*", "$1");
    }

    private String access() {
        String access = "PREST-" + next.incrementAndGet();
        Declarations declarations = new Declarations(
                hub.context().getBean(Parc.class), hub.context().getBean(Annuaire.class));
        List<Optional<Declarations.Refus>> refusals = hub.context()
                .getBean(Transactions.class)
                .run(() -> declarations.load(List.of(new Declaration(
                        "OCXA", access, "PTO-" + access, null, null, "2020-01-01T00:00:00+01:00", null, null, null))));
        assertThat(refusals).containsExactly(Optional.empty());
        return access;
    }

    private Map<String, String> answer(HttpResponse<String> response) throws Exception {
        return Lecteur.answer(new java.io.ByteArrayInputStream(response.body().getBytes(StandardCharsets.UTF_8)));
    }

    private Map<String, String> post(String version, String envelope) throws Exception {
        HttpResponse<String> response = Essai.post(hub.url(), version, envelope);
        assertThat(MessagesTest.valid(version, MessagesTest.content(response.body())) || response.statusCode() != 200)
                .as(response.body())
                .isTrue();
        return answer(response);
    }

    private long journal() {
        return hub.context()
                .getBean(JdbcTemplate.class)
                .queryForObject("select count(*) from journal where canal = 'SOAP'", Long.class);
    }

    // The messages

    static Stream<Arguments> coded() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (String version : new String[] {"2.1", "3.0"}) {
            MessagesTest.expected(version).forEach((name, verdict) -> {
                if (verdict.containsKey("code")) {
                    all.add(Arguments.of(version, name, verdict));
                }
            });
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("coded")
    void aMessageGetsItsCode(String version, String name, Map<String, Object> verdict) throws Exception {
        String access = access();
        Map<String, String> said = post(
                version,
                Essai.sample(version, name)
                        .replace("PREST-0001", access)
                        .replace("FI-AAAA-0001", "PTO-" + access)
                        .replace("OC-0001", "OC-" + access));
        assertThat(said.get("returnCode")).isEqualTo(String.valueOf(verdict.get("code")));
        if (verdict.containsKey("champ")) {
            assertThat(said.get("returnLabel")).contains(String.valueOf(verdict.get("champ")));
        }
    }

    // Introspection

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2.1", "3.0"})
    @DisplayName("MET-01..09: a client that wsdl2java makes from our contract calls every operation")
    void everyOperation(String version) throws Exception {
        Object port = port(version);
        Map<String, Object> answers = new TreeMap<>();
        for (Method operation : port.getClass().getInterfaces()[0].getMethods()) {
            if (operation.getParameterCount() != 2 || operation.getName().endsWith("ByValue")) {
                continue;
            }
            Object request =
                    operation.getParameterTypes()[0].getDeclaredConstructor().newInstance();
            if (operation.getName().equals("getEventDescriptor")) {
                request.getClass().getMethod("setEventType", String.class).invoke(request, "x");
                Throwable fault = catchThrowable(() -> operation.invoke(port, request, header(operation)));
                assertThat(fault).isInstanceOf(InvocationTargetException.class);
                Object info =
                        fault.getCause().getClass().getMethod("getFaultInfo").invoke(fault.getCause());
                assertThat(info.getClass()
                                .getMethod("getOssIllegalArgumentException")
                                .invoke(info))
                        .as("MET-09")
                        .isNotNull();
                continue;
            }
            answers.put(operation.getName(), operation.invoke(port, request, header(operation)));
        }
        assertThat(answers).hasSize(10);
        assertThat(items(answers.get("getSupportedOptionalOperations"), "getStrings"))
                .containsExactly("createTroubleTicketByValue", "setTroubleTicketByValue", "getTroubleTicketByKey");
        assertThat(items(answers.get("getManagedEntityTypes"), "getStrings")).containsExactly("TroubleTicketValue");
        assertThat(items(answers.get("getTroubleTicketTypes"), "getTroubleTicketTypes"))
                .containsExactly("FTTHMUTTroubleTicket");
        assertThat(items(answers.get("getTroubleTicketItemTypes"), "getTroubleTicketItemTypes"))
                .isEmpty();
        assertThat(items(answers.get("getEventTypes"), "getStrings")).isEmpty();
        assertThat(items(answers.get("getUpdateProcedureTypes"), "getStrings")).isEmpty();
        assertThat(items(answers.get("getNamedQueryTypes"), "getStrings")).isEmpty();
        assertThat(String.valueOf(said(answers.get("getTroubleTicketPublicData"), "getTtPublicDataXml")))
                .contains("PAS DE SIGNAL", "AUTO");
        assertThat(String.valueOf(said(answers.get("getTroubleTicketPrivateData"), "getTtPrivateDataXml")))
                .contains("<operateur>OCXA</operateur>");
        Object nothing = said(answers.get("getTroubleTicketByKey"), "getTroubleTicketResponse");
        assertThat(said(nothing, "getReturnCode")).as("no criterion").isEqualTo("4");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2.1", "3.0"})
    @DisplayName("ROB-12: a typed client creates, informs, reads its ticket by key and by outlet, and cancels it")
    void typedClient(String version) throws Exception {
        Object port = port(version);
        String create = create(version);
        Object created = call(port, "createTroubleTicketByValue", create);
        Object response = said(created, "getTroubleTicketResponse");
        assertThat(said(response, "getReturnCode")).isEqualTo("0");
        String key = (String) said(response, "getTroubleTicketKey");

        String read = Essai.sample(version, "17-get-by-key").replace("OI-2015-000123", key);
        assertThat(said(
                        said(call(port, "getTroubleTicketByKey", read), "getTroubleTicketValue"),
                        "getTroubleTicketState"))
                .isEqualTo("QUEUED");
        String outlet = create.replaceAll("(?s).*<sav:technicalId>(.*?)<.*", "$1");
        String byOutlet = version.equals("2.1")
                ? Essai.sample(version, "18-get-by-technical-id").replace("FI-AAAA-0001", outlet)
                : Essai.sample(version, "17-get-by-key").replace("OI-2015-000123", outlet);
        assertThat(said(
                        said(call(port, "getTroubleTicketByKey", byOutlet), "getTroubleTicketValue"),
                        "getTroubleTicketKey"))
                .as("LEC-06 in 3.0")
                .isEqualTo(key);

        String cancel = Essai.sample(version, "11-set-cancelation")
                .replace("OI-2015-000123", key)
                .replace("OC-0001", reference(create));
        assertThat(said(
                        said(call(port, "setTroubleTicketByValue", cancel), "getTroubleTicketResponse"),
                        "getReturnCode"))
                .isEqualTo("0");
        assertThat(said(
                        said(call(port, "getTroubleTicketByKey", read), "getTroubleTicketValue"),
                        "getTroubleTicketState"))
                .isEqualTo("CLOSED");
    }

    private Object port(String version) throws Exception {
        String base = "fr.interophub.client.v" + version.replace(".", "") + ".ws.";
        Class<?> service = Class.forName(base + "FTTHMUTWebService");
        URL wsdl = hub.url().resolve("/services/sav/v" + version + "?wsdl").toURL();
        Object made = service.getConstructor(URL.class, QName.class)
                .newInstance(wsdl, new QName("http://ossj.org/wsdl/TroubleTicket/v1-2", "FTTHMUTWebService"));
        Object port = service.getMethod("getJVTTroubleTicketSessionWSPort").invoke(made);
        assertThat(((BindingProvider) port)
                        .getRequestContext()
                        .get(BindingProvider.ENDPOINT_ADDRESS_PROPERTY)
                        .toString())
                .as("the address that the contract tells")
                .isEqualTo(hub.url().resolve("/services/sav/v" + version).toString());
        return port;
    }

    private static Object header(Method operation) throws ReflectiveOperationException {
        Object header =
                operation.getParameterTypes()[1].getDeclaredConstructor().newInstance();
        header.getClass().getMethod("setLoginName", String.class).invoke(header, "ocxa");
        header.getClass().getMethod("setPassword", String.class).invoke(header, "demo-ocxa");
        return header;
    }

    /** Calls with the request of an envelope, as the typed client holds it. */
    private static Object call(Object port, String name, String envelope) throws Exception {
        Method operation = Stream.of(port.getClass().getInterfaces()[0].getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
        Class<?> type = operation.getParameterTypes()[0];
        Element body = MessagesTest.content(envelope);
        Object request = JAXBContext.newInstance(type)
                .createUnmarshaller()
                .unmarshal(body, type)
                .getValue();
        return operation.invoke(port, request, header(operation));
    }

    private static Object said(Object answer, String getter) throws ReflectiveOperationException {
        Object value = answer.getClass().getMethod(getter).invoke(answer);
        return value instanceof JAXBElement<?> element ? element.getValue() : value;
    }

    private static List<String> items(Object answer, String array) throws ReflectiveOperationException {
        List<String> items = new ArrayList<>();
        ((List<?>) said(said(answer, array), "getItem")).forEach(item -> items.add(String.valueOf(item)));
        return items;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2.1", "3.0"})
    @DisplayName("MET-10: the contract is served to anyone, every import of it resolves")
    void contract(String version) throws Exception {
        Deque<URI> ahead = new ArrayDeque<>(List.of(hub.url().resolve("/services/sav/v" + version + "?wsdl")));
        Set<URI> seen = new HashSet<>();
        while (!ahead.isEmpty()) {
            URI at = ahead.pop();
            HttpResponse<String> served = Essai.send(HttpRequest.newBuilder(at));
            assertThat(served.statusCode()).as(at.toString()).isEqualTo(200);
            Matcher imports = SCHEMA.matcher(served.body());
            while (imports.find()) {
                URI to = at.resolve(imports.group(1));
                if (seen.add(to)) {
                    ahead.push(to);
                }
            }
        }
        assertThat(seen).as("every schema of the contract").hasSize(7);
    }

    // Who calls

    @Test
    @DisplayName("SEC-01: right login header; wrong password; no header")
    void loginHeader() throws Exception {
        assertThat(post("2.1", create("2.1"))).containsEntry("returnCode", "0");
        assertThat(post("2.1", create("2.1").replace("demo-ocxa", "demo-ocxb"))).containsEntry("returnCode", "12");
        assertThat(post("2.1", headless(create("2.1"))))
                .containsEntry("returnCode", "12")
                .containsEntry("returnLabel", "ERREUR AUTHENTIFICATION");
        assertThat(post("2.1", headless(Essai.sample("2.1", "17-get-by-key")))).containsEntry("returnCode", "12");
        assertThat(post("2.1", headless(Essai.sample("2.1", "22-meta-operations-request"))))
                .as("introspection has no return code")
                .containsEntry("fault", "remoteException")
                .containsEntry("message", "ERREUR AUTHENTIFICATION");
    }

    private static String headless(String envelope) {
        return envelope.replaceAll("(?s)<soapenv:Header>.*</soapenv:Header>", "");
    }

    @Test
    @DisplayName("SEC-02: right login, serviceProviderID of another OC")
    void anothers() throws Exception {
        assertThat(post("2.1", create("2.1").replace("910000009", "920000007"))).containsEntry("returnCode", "15");
    }

    @Test
    @DisplayName("SEC-03: HTTP Basic, right and wrong; a header of another beside it")
    void basic() throws Exception {
        assertThat(answer(Essai.send(basic("ocxa:demo-ocxa", headless(create("2.1"))))))
                .containsEntry("returnCode", "0");
        for (String wrong : new String[] {"ocxa:demo-ocxb", "personne:demo-ocxa", "ocxa", ":"}) {
            HttpResponse<String> refused = Essai.send(basic(wrong, create("2.1")));
            assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        }
        assertThat(answer(Essai.send(basic("ocxb:demo-ocxb", create("2.1"))))).containsEntry("returnCode", "12");
    }

    private HttpRequest.Builder basic(String pair, String envelope) {
        return Essai.request(hub.url(), "2.1")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes()))
                .POST(BodyPublishers.ofString(envelope));
    }

    @Test
    @DisplayName("wrong passwords are slow, by either means; the right one is admitted all the same, and forgets them")
    void slowed() throws Exception {
        String right = create("2.1").replace(">ocxa<", ">ocxb<").replace("demo-ocxa", "demo-ocxb");
        assertThat(post("2.1", right.replace("demo-ocxb", "faux"))).containsEntry("returnCode", "12");
        assertThat(took(() -> assertThat(post("2.1", right)).containsEntry("returnCode", "15")))
                .isGreaterThan(Attentes.UNITE);
        assertThat(took(() -> assertThat(post("2.1", right)).containsEntry("returnCode", "15")))
                .isLessThan(Attentes.UNITE);

        String call = headless(create("2.1"));
        assertThat(Essai.send(basic("ocxb:faux", call)).statusCode()).isEqualTo(401);
        assertThat(took(() -> assertThat(Essai.send(basic("ocxb:faux", call)).statusCode())
                        .isEqualTo(401)))
                .isGreaterThan(Attentes.UNITE);
        assertThat(took(() -> assertThat(
                                Essai.send(basic("ocxb:demo-ocxb", call)).statusCode())
                        .isEqualTo(200)))
                .isGreaterThan(Attentes.UNITE.multipliedBy(2));
    }

    private interface Appel {
        void make() throws Exception;
    }

    private static Duration took(Appel appel) throws Exception {
        long from = System.nanoTime();
        appel.make();
        return Duration.ofNanos(System.nanoTime() - from);
    }

    @Test
    @DisplayName("SEC-04: a client certificate of the sheet is enough; one that no authority signed is refused by TLS")
    void certificates() throws Exception {
        String call = headless(create("2.1"));
        assertThat(answer(secure("ocxa", call))).containsEntry("returnCode", "0");
        assertThat(secure("ocinconnu", call).statusCode())
                .as("signed, in no sheet")
                .isEqualTo(401);
        assertThat(answer(secure(null, call))).as("none shown").containsEntry("returnCode", "12");
        assertThat(answer(secure(null, create("2.1")))).as("none, but a login").containsEntry("returnCode", "0");
        assertThatThrownBy(() -> secure("etranger", call)).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> secure(String alias, String envelope) throws Exception {
        SSLContext shown = autorite.client(alias);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(shown)
                .build();
        return client.send(
                Essai.request(tls, "2.1")
                        .POST(BodyPublishers.ofString(envelope))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    @DisplayName("SEC-05: what is kept of a call is what came, but for its password")
    void kept() throws Exception {
        String create = create("2.1");
        assertThat(post("2.1", create)).containsEntry("returnCode", "0");
        String access = create.replaceAll("(?s).*<sav:commercialId>(.*?)<.*", "$1");
        List<byte[]> slices = hub.context()
                .getBean(JdbcTemplate.class)
                .queryForList(
                        "select octets from contenu c join journal j on j.id = c.journal_id where j.canal = 'SOAP'",
                        byte[].class);
        List<String> texts = slices.stream()
                .map(slice -> new String(slice, StandardCharsets.UTF_8))
                .toList();
        assertThat(texts).noneMatch(text -> text.contains("demo-ocx"));
        assertThat(texts).contains(create.replace("demo-ocxa", "***"));
        assertThat(access).startsWith("PREST-");
    }

    @Test
    @DisplayName("a login whose operator is no longer active gets code 16")
    void inactive() throws Exception {
        Annuaire annuaire = hub.context().getBean(Annuaire.class);
        Operateur ocxc = annuaire.find("OCXC").orElseThrow();
        annuaire.save(new Operateur(
                ocxc.code(),
                ocxc.nom(),
                ocxc.siren(),
                false,
                ocxc.versions(),
                ocxc.sftp(),
                ocxc.cleApi(),
                ocxc.contrat(),
                new Operateur.Soap(
                        "ocxc", annuaire.find("OCXB").orElseThrow().soap().motDePasse(), List.of())));
        assertThat(post("2.1", create("2.1").replace(">ocxa<", ">ocxc<").replace("demo-ocxa", "demo-ocxb")))
                .containsEntry("returnCode", "16");
    }

    // Tolerance

    @ParameterizedTest
    @ValueSource(strings = {"v2-1", "v3-0", "v7-7"})
    @DisplayName("ROB-01: a SAV block in the namespace of any version is accepted, and answered in the same")
    void namespaces(String suffix) throws Exception {
        String create = create("2.1").replace("TroubleTicketValue/v2-1", "TroubleTicketValue/" + suffix);
        String key = post("2.1", create).get("troubleTicketKey");
        HttpResponse<String> read = Essai.post(
                hub.url(), "2.1", Essai.sample("2.1", "17-get-by-key").replace("OI-2015-000123", key));
        assertThat(read.body()).contains(Profil.ESPACE_SAV + suffix);
        // The contract's own again, for whoever comes after.
        post("2.1", create("2.1"));
    }

    @ParameterizedTest(name = "{0} declared in {1}")
    @CsvSource({"UTF-8,http", "ISO-8859-1,http", "ISO-8859-1,xml", "windows-1252,xml", "UTF-8,none"})
    @DisplayName("ROB-11: accents are kept in each admitted encoding")
    void encodings(String charset, String where) throws Exception {
        String create = create("2.1").replace("DUPONT", "LÉVÊQUE");
        if (!where.equals("http")) {
            create = create.replace("encoding=\"UTF-8\"", where.equals("xml") ? "encoding=\"" + charset + "\"" : "");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.url().resolve("/services/sav/v2.1"))
                .header("Content-Type", where.equals("http") ? "text/xml; charset=" + charset : "text/xml")
                .POST(BodyPublishers.ofByteArray(create.getBytes(Charset.forName(charset))));
        String key = answer(Essai.send(request)).get("troubleTicketKey");
        assertThat(Essai.post(
                                hub.url(),
                                "2.1",
                                Essai.sample("2.1", "17-get-by-key").replace("OI-2015-000123", key))
                        .body())
                .contains("LÉVÊQUE");
    }

    @Test
    @DisplayName("ROB-04: without SOAPAction the body tells; the SOAPAction of another operation is a fault")
    void soapAction() throws Exception {
        assertThat(post("2.1", create("2.1"))).containsEntry("returnCode", "0");
        Map<String, String> other = answer(Essai.send(Essai.request(hub.url(), "2.1")
                .header("SOAPAction", "\"getEventTypes\"")
                .POST(BodyPublishers.ofString(create("2.1")))));
        assertThat(other).containsEntry("faultcode", "soap:Client").containsEntry("faultstring", Faute.ILLISIBLE);
    }

    @Test
    @DisplayName("the action is read whatever its case, its accents and its alias")
    void aliases() throws Exception {
        String create = create("2.1");
        String key = post("2.1", create).get("troubleTicketKey");
        String inform = Essai.sample("2.1", "10-set-sp-info-proposition-rdv")
                .replace("OI-2015-000123", key)
                .replace("OC-0001", reference(create))
                .replace("OPENACTIVE", "QUEUED")
                .replaceAll("\\s*<sav:(appointment|SUAppointment).*", "")
                .replace(
                        "PROPOSITION DE RDV",
                        "info</sav:messageType><sav:messageContent>x</sav:messageContent><sav:messageType>")
                .replace("<sav:messageType></sav:messageType>", "");
        assertThat(post("2.1", inform.replace("SP CASE INFORMATION NOTIFICATION", "co case information notification")))
                .containsEntry("returnCode", "0");
        assertThat(post("2.1", inform.replace("SP CASE INFORMATION NOTIFICATION", "CASE SOLVED NOTIFICATION")))
                .containsEntry("returnCode", "11");
        assertThat(post("2.1", inform.replace("SP CASE INFORMATION NOTIFICATION", "CASE CREATE REQUEST")))
                .containsEntry("returnCode", "11");
        assertThat(post("2.1", inform.replace("SP CASE INFORMATION NOTIFICATION", "CASE DANSE")))
                .containsEntry("returnCode", "2");
    }

    // Hostile input

    private record Attaque(String nom, Supplier<HttpRequest.Builder> appel) {
        @Override
        public String toString() {
            return nom;
        }
    }

    private Attaque body(String nom, Supplier<String> envelope) {
        return new Attaque(nom, () -> Essai.request(hub.url(), "2.1").POST(BodyPublishers.ofString(envelope.get())));
    }

    private Attaque typed(String nom, String type, byte[] bytes, String... headers) {
        return new Attaque(nom, () -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(hub.url().resolve("/services/sav/v2.1"))
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofByteArray(bytes));
            return headers.length == 0 ? request : request.headers(headers);
        });
    }

    private List<Attaque> attaques() {
        String create = Essai.sample("2.1", "01-create-no-rdv");
        String laughs = "<!DOCTYPE a [<!ENTITY a0 \"ha\">"
                + java.util.stream.IntStream.range(1, 30)
                        .mapToObj(i -> "<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1))
                        .collect(Collectors.joining())
                + "]>";
        return List.of(
                body("DOCTYPE", () -> create.replace("?>", "?><!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x\">")),
                body("entités", () -> create.replace("?>", "?>" + laughs).replace("DUPONT", "&a29;")),
                body("entité inconnue", () -> create.replace("DUPONT", "&nbsp;")),
                body("10 Mo", () -> create.replace("DUPONT", "x".repeat(10_000_000))),
                body("texte de 900 ko", () -> create.replace("DUPONT", "x".repeat(900_000))),
                body(
                        "10 000 éléments emboîtés",
                        () -> create.replace("<sav:offerId/>", "")
                                .replace("DUPONT", "<a>".repeat(10_000) + "</a>".repeat(10_000))),
                body("1 M d'attributs", () -> {
                    StringBuilder many = new StringBuilder("<sav:offerId");
                    for (int i = 0; i < 1_000_000; i++) {
                        many.append(" a").append(i).append("=''");
                    }
                    return create.replace("<sav:supplierID>", many + "/><sav:supplierID>");
                }),
                body("70 000 attributs", () -> {
                    StringBuilder many = new StringBuilder("<sav:offerId");
                    for (int i = 0; i < 70_000; i++) {
                        many.append(" a").append(i).append("=''");
                    }
                    return create.replace("<sav:supplierID>", many + "/><sav:supplierID>");
                }),
                body(
                        "100 000 éléments",
                        () -> create.replace("<sav:supplierID>", "<sav:x/>".repeat(100_000) + "<sav:supplierID>")),
                body("mal formé", () -> create.substring(0, 900)),
                body("vide", () -> ""),
                body("autre XML", () -> "<html/>"),
                body("opération inconnue", () -> create.replace("createTroubleTicketByValueRequest", "queryRequest")),
                body(
                        "autre espace",
                        () -> create.replace("http://interop-fibre.fr/xml/TroubleTicketValue/v2-1", "urn:x")),
                body("SOAP 1.2", () -> create.replace(Redacteur.SOAP, "http://www.w3.org/2003/05/soap-envelope")),
                typed("SOAP 1.2 annoncé", "application/soap+xml", create.getBytes()),
                typed("MTOM", "multipart/related; boundary=x; type=\"application/xop+xml\"", create.getBytes()),
                typed("encodage inconnu", "text/xml; charset=klingon", create.getBytes()),
                typed(
                        "encodage faux",
                        "text/xml; charset=UTF-8",
                        create.replace("DUPONT", "LÉVÊQUE").getBytes(StandardCharsets.ISO_8859_1)),
                typed("UTF-16", "text/xml; charset=UTF-16", create.getBytes(StandardCharsets.UTF_16)),
                typed("UTF-16 non dit", "text/xml", create.getBytes(StandardCharsets.UTF_16)),
                typed("bombe gzip", "text/xml; charset=UTF-8", bomb(), "Content-Encoding", "gzip"),
                typed("sans type", "x", create.getBytes()));
    }

    private static byte[] bomb() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                gzip.write(zeros);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    @DisplayName("SEC-06: each gets one stable fault, soon, that says nothing of the inside; nothing of it is kept")
    void hostile() throws Exception {
        post("2.1", create("2.1"));
        long kept = journal();
        Map<String, String> slow = new LinkedHashMap<>();
        for (Attaque attaque : attaques()) {
            Duration best = Duration.ofDays(1);
            Set<String> answers = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                HttpRequest.Builder request = attaque.appel().get();
                long from = System.nanoTime();
                HttpResponse<String> response = Essai.send(request);
                Duration took = Duration.ofNanos(System.nanoTime() - from);
                best = took.compareTo(best) < 0 ? took : best;
                answers.add(response.statusCode() + " " + response.body());
                Map<String, String> said = answer(response);
                assertThat(said).as(attaque.nom()).containsKey("faultcode");
                assertThat(said.get("faultstring"))
                        .as(attaque.nom())
                        .isIn(
                                Faute.ILLISIBLE,
                                "MESSAGE TROP GRAND",
                                "SOAP 1.1 EN text/xml ATTENDU",
                                "ENCODAGE NON ADMIS");
            }
            assertThat(answers).as(attaque.nom()).hasSize(1);
            if (best.compareTo(UNDER) > 0) {
                slow.put(attaque.nom(), best.toString());
            }
        }
        assertThat(slow).as("answered in under a second").isEmpty();
        assertThat(journal()).as("nothing of them is kept").isEqualTo(kept);
        assertThat(post("2.1", create("2.1"))).containsEntry("returnCode", "0");
    }

    @Test
    @DisplayName("three hundred calls that come drop by drop hold no one up, and are told so")
    void slowloris() throws Exception {
        List<Socket> drops = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket("127.0.0.1", hub.url().getPort());
                socket.setSoTimeout(15_000);
                socket.getOutputStream()
                        .write(
                                "POST /services/sav/v2.1 HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 5000\r\n\r\n<a"
                                        .getBytes());
                drops.add(socket);
            }
            Duration best = Duration.ofDays(1);
            for (int i = 0; i < 3; i++) {
                String create = create("2.1");
                long from = System.nanoTime();
                assertThat(post("2.1", create)).containsEntry("returnCode", "0");
                Duration took = Duration.ofNanos(System.nanoTime() - from);
                best = took.compareTo(best) < 0 ? took : best;
            }
            assertThat(best).isLessThan(UNDER);
            for (Socket socket : drops) {
                byte[] told = socket.getInputStream().readNBytes(12);
                assertThat(new String(told)).isEqualTo("HTTP/1.1 408");
            }
        } finally {
            for (Socket socket : drops) {
                socket.close();
            }
        }
    }

    @Test
    @DisplayName("only calls and the contract: no list of services, no session, no other method")
    void nothingElse() throws Exception {
        for (String path : new String[] {"/services", "/services/", "/services/sav/v2.1", "/services/sav/v2.1?x=y"}) {
            HttpResponse<String> response =
                    Essai.send(HttpRequest.newBuilder(hub.url().resolve(path)));
            assertThat(response.statusCode()).as(path).isIn(404, 405);
            assertThat(response.body()).as(path).doesNotContain("FTTHMUT", "Exception");
        }
        HttpResponse<String> response = Essai.post(hub.url(), "2.1", create("2.1"));
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }
}
