package fr.interophub.operateur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Hours of a week")
class PlageTest {

    /** 2026-11-20 is a Friday. */
    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "lun-ven 08:00-19:30, 2026-11-20T08:00, true",
        "lun-ven 08:00-19:30, 2026-11-20T07:59:59, false",
        "lun-ven 08:00-19:30, 2026-11-20T19:29:59, true",
        "lun-ven 08:00-19:30, 2026-11-20T19:30, false",
        "lun-ven 08:00-19:30, 2026-11-21T10:00, false",
        "SAM 00:00-24:00, 2026-11-21T23:59, true",
        "sam 00:00-24:00, 2026-11-22T00:00, false",
        "sam-lun 08:00-12:00, 2026-11-23T09:00, true",
        "sam-lun 08:00-12:00, 2026-11-24T09:00, false",
        "22:00-06:00, 2026-11-20T23:00, true",
        "22:00-06:00, 2026-11-20T05:59, true",
        "22:00-06:00, 2026-11-20T06:00, false",
        "ven 22:00-06:00, 2026-11-21T05:00, true",
        "ven 22:00-06:00, 2026-11-20T05:00, false",
    })
    void holds(String plage, LocalDateTime moment, boolean open) {
        assertThat(Plage.open(List.of(plage), moment)).isEqualTo(open);
    }

    @Test
    void noneIsAlwaysAndSeveralAddUp() {
        LocalDateTime friday = LocalDateTime.parse("2026-11-20T13:00");
        assertThat(Plage.open(List.of(), friday)).isTrue();
        assertThat(Plage.open(List.of("08:00-12:00", "ven 13:00-14:00"), friday))
                .isTrue();
        assertThat(Plage.open(List.of("08:00-12:00", "14:00-18:00"), friday)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "toujours",
                "8:00-12:00",
                "08:00-08:00",
                "24:00-08:00",
                "08:00-24:30",
                "mon 08:00-12:00",
                "lun-ven08:00-12:00",
                "08:00 - 12:00",
                "08:60-12:00"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Plage.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
