package fr.interophub;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.interophub.echange.Transactions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An empty, migrated store for each test that registers one: H2 in memory, or the PostgreSQL server that all tests of the
 * JVM share one after the other.
 */
public final class BaseDEssai implements AfterEachCallback {

    private static final AtomicInteger NEXT = new AtomicInteger();

    /** Started by the first test that wants it; stops with the JVM. */
    private static final class Serveur {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                migrate(server.getPostgresDatabase());
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final HikariDataSource dataSource;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    private BaseDEssai(String url, String user) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setMinimumIdle(1);
        pool.setMaximumPoolSize(12);
        this.dataSource = new HikariDataSource(pool);
        this.jdbc = new JdbcTemplate(dataSource);
        TransactionTemplate template = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.transactions = new Transactions() {
            @Override
            public <T> T run(Supplier<T> work) {
                return template.execute(status -> work.get());
            }
        };
    }

    public static BaseDEssai h2() {
        BaseDEssai base = new BaseDEssai("jdbc:h2:mem:essai" + NEXT.incrementAndGet(), "sa");
        migrate(base.dataSource);
        return base;
    }

    public static BaseDEssai postgres() {
        BaseDEssai base = new BaseDEssai(Serveur.POSTGRES.getJdbcUrl("postgres", "postgres"), "postgres");
        base.empty();
        return base;
    }

    /** As the migrations leave it. A database per test would cost more files than a JVM has time to delete as it ends. */
    private void empty() {
        String tables = jdbc.queryForObject(
                "select string_agg(tablename, ', ') from pg_tables where schemaname = 'public'"
                        + " and tablename not in ('flyway_schema_history', 'compteur', 'prise_verrou', 'ticket_verrou',"
                        + " 'prevenance_verrou')",
                String.class);
        jdbc.execute("truncate " + tables + " restart identity");
        jdbc.update("update compteur set valeur = 0, pris_par = null, pris_jusqua = null");
    }

    private static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        dataSource.close();
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    public Transactions transactions() {
        return transactions;
    }

    /** One number that the store holds. */
    public long count(String from, Object... values) {
        return jdbc.queryForObject("select count(*) from " + from, Long.class, values);
    }
}
