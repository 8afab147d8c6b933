package fr.interophub.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/**
 * The bare work of a bulk file: parse, insert the rows that the hub inserts (dossier, two messages, references) by JDBC
 * batches, write the AR file. No check, no journal, no queue, no resumption.
 */
final class Baseline {

    private static final int BATCH = 1_000;

    private Baseline() {}

    /**
     * @return seconds
     */
    static double run(EmbeddedPostgres postgres, Path file, Path ar) throws SQLException, IOException {
        Flyway.configure()
                .dataSource(Machine.database(postgres, "baseline"), "postgres", "postgres")
                .locations("classpath:db/migration")
                .load()
                .migrate();
        long begin = System.nanoTime();
        try (Connection connection =
                        postgres.getDatabase("postgres", "baseline").getConnection();
                CsvReader<CsvRecord> reader =
                        CsvReader.builder().fieldSeparator(';').ofCsvRecord(file);
                BufferedWriter out = Files.newBufferedWriter(ar);
                PreparedStatement dossier = connection.prepareStatement(
                        "insert into dossier (id, objet, protocole, version, operateur, cle, cle_maj, etat, vie, refs,"
                                + " faits, empreinte, rang, cree_le, modifie_le) values (?, 'commande', 'acces', '1.2',"
                                + " 'OCXA', ?, ?, 'ACQUITTEE', ?, ?, ?, ?, 2, ?, ?)");
                PreparedStatement message = connection.prepareStatement(
                        "insert into message (id, dossier_id, rang, operateur, sens, protocole, flux, version, canal,"
                                + " lot_id, ligne, etat, demande, date_message, champs) values (?, ?, ?, 'OCXA', ?,"
                                + " 'acces', ?, '1.2', 'SFTP', ?, ?, 'ACQUITTEE', true, ?, ?)");
                PreparedStatement reference = connection.prepareStatement(
                        "insert into reference (valeur, dossier_id, champ) values (?, ?, ?)")) {
            connection.setAutoCommit(false);
            List<String> header = null;
            int pending = 0;
            int line = 0;
            UUID lot = UUID.randomUUID();
            OffsetDateTime now = OffsetDateTime.now();
            for (CsvRecord record : reader) {
                if (header == null) {
                    header = record.getFields();
                    out.write("ReferenceCommandePriseInterneOC;ReferencePrestationPrise;EtatArCommandePrise;"
                            + "DateArCommandePrise;MotifKoArCommandePrise\n");
                    continue;
                }
                line++;
                UUID id = UUID.randomUUID();
                String key = record.getField(0);
                dossier.setObject(1, id);
                dossier.setString(2, key);
                dossier.setString(3, key.toUpperCase());
                dossier.setString(4, "Cmd_Acces > AR_Cmd_Acces OK");
                dossier.setString(5, "{\"ReferenceCommandePriseInterneOC\":\"" + key + "\"}");
                dossier.setString(6, "{\"modele\":\"OI\",\"cas\":\"a-construire\",\"avant\":\"RECUE\"}");
                dossier.setString(7, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
                dossier.setObject(8, now);
                dossier.setObject(9, now);
                dossier.addBatch();
                add(message, id, 1, "entrant", "Cmd_Acces", lot, line, now, json(header, record));
                add(
                        message,
                        id,
                        2,
                        "sortant",
                        "AR_Cmd_Acces",
                        lot,
                        line,
                        now,
                        "{\"ReferenceCommandePriseInterneOC\":\"" + key
                                + "\",\"EtatArCommandePrise\":\"OK\",\"DateArCommandePrise\":\"20261122 10:00\"}");
                for (int column : new int[] {19, 22}) {
                    if (!record.getField(column).isEmpty()) {
                        reference.setString(1, record.getField(column).toUpperCase());
                        reference.setObject(2, id);
                        reference.setString(3, header.get(column));
                        reference.addBatch();
                    }
                }
                out.write(key + ";;OK;20261122 10:00;\n");
                if (++pending == BATCH) {
                    commit(connection, dossier, message, reference);
                    pending = 0;
                    lot = UUID.randomUUID();
                }
            }
            commit(connection, dossier, message, reference);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void add(
            PreparedStatement message,
            UUID dossier,
            int rang,
            String sens,
            String flux,
            UUID lot,
            int line,
            OffsetDateTime now,
            String champs)
            throws SQLException {
        message.setObject(1, UUID.randomUUID());
        message.setObject(2, dossier);
        message.setInt(3, rang);
        message.setString(4, sens);
        message.setString(5, flux);
        message.setObject(6, lot);
        message.setInt(7, line);
        message.setObject(8, now);
        message.setString(9, champs);
        message.addBatch();
    }

    private static String json(List<String> header, CsvRecord record) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < header.size(); i++) {
            if (!record.getField(i).isEmpty()) {
                json.append(json.length() > 1 ? ",\"" : "\"")
                        .append(header.get(i))
                        .append("\":\"")
                        .append(record.getField(i))
                        .append('"');
            }
        }
        return json.append('}').toString();
    }

    private static void commit(Connection connection, PreparedStatement... statements) throws SQLException {
        for (PreparedStatement statement : statements) {
            statement.executeBatch();
        }
        connection.commit();
    }
}
