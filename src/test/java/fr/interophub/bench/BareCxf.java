package fr.interophub.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.interophub.client.v21.trouble.ObjectFactory;
import fr.interophub.client.v21.trouble.TroubleTicketResponse;
import fr.interophub.client.v21.tt.CreateTroubleTicketByValueRequest;
import fr.interophub.client.v21.tt.CreateTroubleTicketByValueResponse;
import fr.interophub.client.v21.value.FTTHMUTTroubleTicket;
import fr.interophub.client.v21.ws.JVTTroubleTicketSessionWSPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.message.MessageContentsList;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.slf4j.LoggerFactory;

/**
 * The bare work of a creation, in a process of its own: CXF in Tomcat over our WSDL, the schema checked, and in one transaction
 * as many rows as the hub inserts (transmission, its bytes, dossier, message, four references, demande). It looks nothing up,
 * knows nobody and judges nothing.
 */
final class BareCxf {

    private static final byte[] ENVELOPE = new byte[2_500];
    private static final String FIELDS = ",\"description\":\"CASE CREATE REQUEST\",\"troubleTicketState\":\"QUEUED\","
            + "\"defectDescription\":\"PAS DE SIGNAL\"" + ",\"field\":\"value of a field\"".repeat(18) + "}";

    private final DataSource store;
    private final AtomicLong numbers = new AtomicLong();
    private final ObjectFactory factory = new ObjectFactory();

    private BareCxf(DataSource store) {
        this.store = store;
    }

    /** @param args port, address of the database, folder to work in */
    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(args[1]);
        pool.setUsername("postgres");
        pool.setPassword("postgres");
        pool.setMaximumPoolSize(12);
        pool.setAutoCommit(false);
        BareCxf bare = new BareCxf(new HikariDataSource(pool));

        Bus bus = BusFactory.newInstance().createBus();
        CXFNonSpringServlet servlet = new CXFNonSpringServlet();
        servlet.setBus(bus);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createDirectories(Path.of(args[2])).toString());
        tomcat.setPort(Integer.parseInt(args[0]));
        tomcat.getConnector();
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "cxf", servlet).setLoadOnStartup(1);
        context.addServletMappingDecoded("/services/*", "cxf");
        JaxWsServerFactoryBean server = new JaxWsServerFactoryBean();
        server.setBus(bus);
        server.setServiceClass(JVTTroubleTicketSessionWSPort.class);
        // Of all the operations, creation; the login header is left aside.
        server.setInvoker((exchange, said) ->
                new MessageContentsList(bare.create((CreateTroubleTicketByValueRequest) ((List<?>) said).get(0))));
        server.setWsdlLocation("classpath:wsdl/v2.1/SavTroubleTicket.wsdl");
        server.setAddress("/sav/v2.1");
        server.setProperties(Map.of("schema-validation-enabled", "IN"));
        server.create();
        tomcat.start();
        tomcat.getServer().await();
    }

    private CreateTroubleTicketByValueResponse create(CreateTroubleTicketByValueRequest request) {
        FTTHMUTTroubleTicket value =
                request.getTroubleTicketValue().getFTTHMUTTroubleTicket().getValue();
        String key = "OIDE-SAV-%06d".formatted(numbers.incrementAndGet());
        try {
            insert(key, value);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        TroubleTicketResponse said = new TroubleTicketResponse();
        said.setTroubleTicketKey(key);
        said.setReturnCode(factory.createTroubleTicketResponseReturnCode("0"));
        said.setReturnLabel(factory.createTroubleTicketResponseReturnLabel("OK"));
        CreateTroubleTicketByValueResponse response = new CreateTroubleTicketByValueResponse();
        response.setTroubleTicketResponse(said);
        return response;
    }

    private void insert(String key, FTTHMUTTroubleTicket value) throws SQLException {
        String reference = value.getServiceProviderTroubleTicketKey().getValue();
        UUID journal = UUID.randomUUID();
        UUID dossier = UUID.randomUUID();
        UUID message = UUID.randomUUID();
        UUID lot = UUID.randomUUID();
        OffsetDateTime now = OffsetDateTime.now();
        String print = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        String refs = "{\"troubleTicketKey\":\"" + key + "\"}";
        try (Connection connection = store.getConnection()) {
            run(
                    connection,
                    "insert into journal (id, sens, operateur, canal, fichier, sha256, taille, protocole, flux, version,"
                            + " lignes, lignes_faites, acheminement, date_journal, termine_le) values (?, 'entrant',"
                            + " 'OCXA', 'SOAP', 'CASE CREATE REQUEST', ?, ?, 'sav', 'createTroubleTicketByValue', '2.1',"
                            + " 1, 1, 'ACQUITTE', ?, ?)",
                    journal,
                    print,
                    ENVELOPE.length,
                    now,
                    now);
            run(connection, "insert into contenu (journal_id, rang, octets) values (?, 0, ?)", journal, ENVELOPE);
            run(
                    connection,
                    "insert into dossier (id, objet, protocole, version, operateur, cle, cle_maj, etat, vie, refs,"
                            + " faits, empreinte, rang, cree_le, modifie_le) values (?, 'ticket', 'sav', '2.1', 'OCXA',"
                            + " ?, ?, 'QUEUED', 'CASE CREATE REQUEST', ?, '{}', ?, 1, ?, ?)",
                    dossier,
                    reference,
                    reference,
                    refs,
                    print,
                    now,
                    now);
            run(
                    connection,
                    "insert into message (id, dossier_id, rang, operateur, sens, protocole, flux, version, canal,"
                            + " journal_id, lot_id, ligne, acheminement, etat, demande, date_message, champs) values (?,"
                            + " ?, 1, 'OCXA', 'entrant', 'sav', 'CASE CREATE REQUEST', '2.1', 'SOAP', ?, ?, 1, 'RECU',"
                            + " 'QUEUED', true, ?, ?)",
                    message,
                    dossier,
                    journal,
                    lot,
                    now,
                    refs.replace("}", FIELDS));
            try (PreparedStatement references =
                    connection.prepareStatement("insert into reference (valeur, dossier_id, champ) values (?, ?, ?)")) {
                reference(references, key, dossier, "troubleTicketKey");
                reference(references, reference, dossier, "serviceProviderTroubleTicketKey");
                reference(references, value.getCommercialId().getValue(), dossier, "commercialId");
                reference(references, value.getTechnicalId().getValue(), dossier, "technicalId");
                references.executeBatch();
            }
            run(
                    connection,
                    "insert into demande_a_numeroter (lot_id, premier, dernier, nombre, si_mode) values (?, ?, ?, 1,"
                            + " 'rest')",
                    lot,
                    message,
                    message);
            connection.commit();
        }
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static void reference(PreparedStatement references, String value, UUID dossier, String field)
            throws SQLException {
        references.setString(1, value);
        references.setObject(2, dossier);
        references.setString(3, field);
        references.addBatch();
    }
}
