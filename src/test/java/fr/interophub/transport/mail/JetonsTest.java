package fr.interophub.transport.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.HorlogeDEssai;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Access tokens: kept while they hold, asked for again when they end or are not taken")
class JetonsTest {

    private final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T10:00:00Z");

    private Jetons jetons(ServeurDeJetons server, String refresh) {
        return new Jetons(
                new MailSettings.OAuth2(URI.create(server.url()), "hub", "le secret", "mail", refresh), clock);
    }

    @Test
    void anotherIsAskedForShortlyBeforeTheFirstEnds() {
        try (ServeurDeJetons server = new ServeurDeJetons("un", "deux")) {
            Jetons jetons = jetons(server, "");
            assertThat(jetons.get()).isEqualTo("un");
            clock.advance(Duration.ofMinutes(58));
            assertThat(jetons.get()).isEqualTo("un");
            clock.advance(Duration.ofSeconds(90));
            assertThat(jetons.get()).isEqualTo("deux");
            assertThat(server.asked())
                    .hasSize(2)
                    .containsOnly("grant_type=client_credentials&client_id=hub&client_secret=le+secret&scope=mail");
        }
    }

    @Test
    void oneThatAServerDidNotTakeIsNotSaidAgain() {
        try (ServeurDeJetons server = new ServeurDeJetons("un", "deux")) {
            Jetons jetons = jetons(server, "rafraîchir");
            assertThat(jetons.get()).isEqualTo("un");
            jetons.refused();
            assertThat(jetons.get()).isEqualTo("deux");
            assertThat(server.asked().get(1))
                    .startsWith("grant_type=refresh_token&refresh_token=rafra%C3%AEchir&client_id=hub");
        }
    }

    @Test
    void aRefusalIsToldAndTheNextTryMayDo() {
        try (ServeurDeJetons server = new ServeurDeJetons("", "un")) {
            Jetons jetons = jetons(server, "");
            assertThatThrownBy(jetons::get)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("HTTP 400 invalid_grant");
            assertThat(jetons.get()).isEqualTo("un");
        }
    }
}
