package fr.interophub.echange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

@DisplayName("A store made by an earlier version opens in this one: migrations only add")
class BasesDHierTest {

    @TempDir
    Path folder;

    static Stream<Path> stores() throws IOException {
        return Files.list(Path.of("src/test/resources/bases")).sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void opensAndReads(Path store) throws IOException {
        Files.copy(store, folder.resolve("hub.mv.db"));
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve("hub").toAbsolutePath());
        source.setUser("");
        source.setPassword("");

        Flyway.configure().dataSource(source).load().migrate();

        JdbcTemplate jdbc = new JdbcTemplate(source);
        JdbcRegistre registre = new JdbcRegistre(jdbc, new JdbcBulk(jdbc));
        assertThat(jdbc.query("select * from dossier", (row, i) -> JdbcRegistre.dossier(row)))
                .isNotEmpty()
                .allSatisfy(dossier -> assertThat(registre.findForUpdate(dossier.id()))
                        .get()
                        .extracting(Dossier::vieEnUneLigne)
                        .isEqualTo(dossier.vieEnUneLigne()));
        assertThat(jdbc.query("select * from message", (row, i) -> JdbcRegistre.message(row)))
                .isNotEmpty();
        assertThat(jdbc.query("select * from journal", (row, i) -> JdbcJournal.transmission(row)))
                .isNotEmpty();
    }
}
