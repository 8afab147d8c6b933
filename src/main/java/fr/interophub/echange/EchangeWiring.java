package fr.interophub.echange;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.operateur.Annuaire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of this room. */
@Configuration
class EchangeWiring {

    @Bean
    Transactions transactions(PlatformTransactionManager manager) {
        TransactionTemplate template = new TransactionTemplate(manager);
        // Work inside other work is undone alone when it is refused: what an OC said is kept, though nothing follows.
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        return new Transactions() {
            @Override
            public <T> T run(Supplier<T> work) {
                return template.execute(status -> work.get());
            }
        };
    }

    @Bean
    Bulk bulk(DataSource dataSource, JdbcTemplate jdbc) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")
                    ? new CopyBulk(dataSource, jdbc)
                    : new JdbcBulk(jdbc);
        }
    }

    @Bean
    Journal journal(JdbcTemplate jdbc, Bulk bulk, Transactions transactions, Clock clock) {
        return new JdbcJournal(jdbc, bulk, transactions, clock);
    }

    @Bean
    Registre registre(JdbcTemplate jdbc, Bulk bulk) {
        return new JdbcRegistre(jdbc, bulk);
    }

    @Bean
    Compteurs compteurs(JdbcTemplate jdbc) {
        return new JdbcCompteurs(jdbc);
    }

    @Bean
    FileDAttente aTraiter(JdbcTemplate jdbc, Transactions transactions, Clock clock, @Value("${hub.data}") Path data)
            throws IOException {
        return queue("a_traiter", "operateur", "journal_id", jdbc, transactions, clock, data);
    }

    @Bean
    FileDAttente aEmettre(JdbcTemplate jdbc, Transactions transactions, Clock clock, @Value("${hub.data}") Path data)
            throws IOException {
        return queue("a_emettre", "operateur", "journal_id", jdbc, transactions, clock, data);
    }

    @Bean
    FileDAttente demandesALivrer(
            JdbcTemplate jdbc, Transactions transactions, Clock clock, @Value("${hub.data}") Path data)
            throws IOException {
        return queue("demande_a_livrer", "dossier_id", "message_id", jdbc, transactions, clock, data);
    }

    @Bean
    Notifications notifications(
            Journal journal,
            Quarantaines quarantaines,
            Alertes alertes,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock,
            @Value("${hub.data}") Path data,
            @Value("${hub.sav.essais}") int essais)
            throws IOException {
        FileDAttente file =
                queue("notification_a_emettre", "dossier_id", "journal_id", jdbc, transactions, clock, data);
        return new Notifications(file, journal, quarantaines, alertes, jdbc, transactions, clock, essais);
    }

    private static FileDAttente queue(
            String table,
            String rang,
            String objet,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock,
            Path data)
            throws IOException {
        FileDAttente queue = new FileDAttente(table, rang, objet, node(data), jdbc, transactions, clock);
        queue.release();
        return queue;
    }

    /** A name of this node that it keeps over restarts: drawn once, kept in its data folder. */
    private static String node(Path data) throws IOException {
        Path file = data.resolve("noeud");
        if (Files.notExists(file)) {
            Files.createDirectories(data);
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).strip();
    }

    @Bean
    Quarantaines quarantaines(JdbcTemplate jdbc, Bulk bulk, Alertes alertes, Transactions transactions, Clock clock) {
        return new Quarantaines(jdbc, bulk, alertes, transactions, clock);
    }

    /** A lot of lines is answered in one file, so it is no larger than a file may be. */
    @Bean
    Guichet guichet(
            @Qualifier("aTraiter") FileDAttente aTraiter,
            Journal journal,
            Quarantaines quarantaines,
            Catalogue catalogue,
            Annuaire annuaire,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock,
            @Value("${hub.traitement.lignes}") int lignesParLot,
            @Value("${hub.emission.lignes}") int lignesParFichier) {
        return new Guichet(
                aTraiter,
                journal,
                quarantaines,
                catalogue,
                annuaire,
                jdbc,
                transactions,
                clock,
                Math.min(lignesParLot, lignesParFichier));
    }

    @Bean
    Composition composition(
            Catalogue catalogue,
            Annuaire annuaire,
            Journal journal,
            JdbcTemplate jdbc,
            Bulk bulk,
            Transactions transactions,
            Clock clock,
            @Value("${hub.oi.code}") String oi,
            @Value("${hub.emission.periode}") Duration periode,
            @Value("${hub.emission.lignes}") int lignes) {
        return new Composition(
                catalogue,
                annuaire,
                journal,
                jdbc,
                bulk,
                transactions,
                clock,
                new Composition.Reglages(oi, periode, lignes));
    }

    @Bean
    Emission emission(
            @Qualifier("aEmettre") FileDAttente aEmettre,
            Annuaire annuaire,
            Journal journal,
            Quarantaines quarantaines,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock) {
        return new Emission(aEmettre, annuaire, journal, quarantaines, jdbc, transactions, clock);
    }
}
