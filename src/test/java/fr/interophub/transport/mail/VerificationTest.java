package fr.interophub.transport.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fr.interophub.operateur.Contrat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What our own server has verified of a sender, and nobody else's word (RFC 8601)")
class VerificationTest {

    private static final String SPF = "mx.oi.test; spf=pass smtp.mailfrom=ocxc@oc.test";

    static Stream<Arguments> proven() {
        return Stream.of(
                arguments("spf", List.of(SPF)),
                arguments(
                        "spf",
                        List.of("MX.OI.TEST 1; spf=pass (oc.test (really) allows) smtp.mailfrom=rebond.oc.test")),
                arguments("dkim", List.of("mx.oi.test; dkim=fail header.d=x.test; dkim=pass header.i=@oc.test")),
                arguments("dkim", List.of(SPF, "mx.oi.test; dkim=pass header.d=oc.test")),
                arguments("toutes", List.of("mx.oi.test; spf=pass smtp.mailfrom=oc.test; dkim=pass header.d=oc.test")),
                arguments("aucune", List.of()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("proven")
    void isEnough(String asked, List<String> headers) {
        assertThat(missing("mx.oi.test", asked, headers)).isEmpty();
    }

    static Stream<Arguments> unproven() {
        return Stream.of(
                arguments("spf", List.of()),
                arguments("spf", List.of("ailleurs.test; spf=pass smtp.mailfrom=oc.test")),
                arguments("spf", List.of("mx.oi.test.ailleurs.test; spf=pass smtp.mailfrom=oc.test")),
                arguments("spf", List.of("mx.oi.test; spf=softfail smtp.mailfrom=oc.test", SPF)),
                arguments("spf", List.of("mx.oi.test; spf=pass smtp.mailfrom=pirate@ailleurs.test")),
                arguments("spf", List.of("mx.oi.test; spf=pass smtp.mailfrom=pasoc.test")),
                arguments("spf", List.of("mx.oi.test; spf=pass smtp.helo=oc.test")),
                arguments("spf", List.of("mx.oi.test; dkim=none (spf=pass smtp.mailfrom=oc.test)")),
                arguments("dkim", List.of("mx.oi.test; dkim=pass header.d=test")),
                arguments("toutes", List.of(SPF)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("unproven")
    void isNot(String asked, List<String> headers) {
        assertThat(missing("mx.oi.test", asked, headers)).isPresent();
    }

    @Test
    void withoutTheNameOfOurServerNothingIsBelieved() {
        assertThat(missing("", "spf", List.of(SPF)))
                .hasValueSatisfying(why -> assertThat(why).contains("hub.mail.authserv-id"));
    }

    @ParameterizedTest(name = "« {0} »")
    @ValueSource(
            strings = {
                "<guichet@oc.test>",
                "<GUICHET@OC.TEST>",
                "<rebond+12=mx@envoi.oc.test>",
                "<x@service.ailleurs.test>",
                "<>"
            })
    @DisplayName("an envelope of its own organisation, or of a service in its sheet, or none")
    void anEnvelopeOfItsOwn(String retour) {
        assertThat(otherEnvelope("aucune", retour)).isEmpty();
    }

    @ParameterizedTest(name = "« {0} »")
    @ValueSource(strings = {"<pirate@mechant.test>", "<x@pasoc.test>", "<x@oc.test.mechant.test>", "<autre@oc.test>"})
    @DisplayName("the envelope of a stranger, or of another operator; a proof that was asked for is enough")
    void anEnvelopeOfSomeoneElse(String retour) {
        assertThat(otherEnvelope("aucune", retour)).contains(retour.replaceAll("[<>]", ""));
        assertThat(otherEnvelope("dkim", retour)).isEmpty();
    }

    private static Optional<String> otherEnvelope(String asked, String retour) {
        Contrat.Mail mail = Contrat.of(
                        Map.of("mail", Map.of("verification", asked, "adresses", List.of("service@ailleurs.test"))))
                .mail();
        return new Verification("").otherEnvelope(mail, lettre(retour, List.of()), "autre@oc.test"::equals);
    }

    private static Optional<String> missing(String authservId, String asked, List<String> headers) {
        Contrat.Mail mail =
                Contrat.of(Map.of("mail", Map.of("verification", asked))).mail();
        return new Verification(authservId).missing(mail, lettre(null, headers));
    }

    private static Lettre lettre(String retour, List<String> headers) {
        return new Lettre(
                "<1@oc.test>",
                List.of("guichet@OC.test"),
                "sujet",
                retour,
                headers,
                Set.of(),
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                "empreinte");
    }
}
