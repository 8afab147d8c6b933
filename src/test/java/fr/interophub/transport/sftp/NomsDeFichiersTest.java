package fr.interophub.transport.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NomsDeFichiersTest {

    @ParameterizedTest
    @CsvSource({
        "OIDE_OCXA_Cmd-2.csv, OIDE_OCXA_Cmd-2.csv",
        "été n°1.csv, %C3%A9t%C3%A9%20n%C2%B01.csv",
        "🚀.csv, %F0%9F%9A%80.csv",
        "50%.csv, 50%25.csv",
        "a/b\\c:d, a%2Fb%5Cc%3Ad",
        ".caché.tmp, .cach%C3%A9.tmp",
        "...,...",
    })
    void bothWays(String nom, String surDisque) {
        assertThat(NomsDeFichiers.encode(nom)).isEqualTo(surDisque);
        assertThat(NomsDeFichiers.decode(surDisque)).isEqualTo(nom);
        assertThat(NomsDeFichiers.ours(surDisque)).isTrue();
    }

    @Property(tries = 2000)
    void anyNameIsRefusedOrComesBack(@ForAll @StringLength(max = 90) String nom) {
        String surDisque;
        try {
            surDisque = NomsDeFichiers.encode(nom);
        } catch (IllegalArgumentException refused) {
            return;
        }
        assertThat(surDisque).matches("[A-Za-z0-9._%-]{1,255}").isNotIn(".", "..");
        assertThat(NomsDeFichiers.decode(surDisque)).isEqualTo(nom);
        assertThat(NomsDeFichiers.provisoire(surDisque)).isEqualTo(NomsDeFichiers.provisoire(nom));
    }

    @Property(tries = 2000)
    void anyNameOnDiskCanBeRead(@ForAll String surDisque) {
        assertThat(NomsDeFichiers.decode(surDisque)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.csv", "%zz", "%", "%4", "%41", "%c3%a9", "%FF", "%00", "é", "%E0%80%AF", "%2E%2E"})
    void whatWeNeverWroteIsLeftAsItIs(String surDisque) {
        assertThat(NomsDeFichiers.decode(surDisque)).isEqualTo(surDisque);
        assertThat(NomsDeFichiers.ours(surDisque)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a\0b", "\uD83D"})
    void refused(String nom) {
        assertThatThrownBy(() -> NomsDeFichiers.encode(nom))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("refusé");
    }

    @ParameterizedTest
    @CsvSource({"a, 255, 1", "é, 42, 6", "🚀, 21, 12"})
    void aNameFillsADiskNameAndNoMore(String character, int most, int octets) {
        assertThat(NomsDeFichiers.encode(character.repeat(most))).hasSize(most * octets);
        assertThatThrownBy(() -> NomsDeFichiers.encode(character.repeat(most + 1)))
                .hasMessageContaining("trop long : %d octets".formatted((most + 1) * octets));
    }
}
