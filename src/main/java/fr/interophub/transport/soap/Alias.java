package fr.interophub.transport.soap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Partners' words for the same thing, brought back to the protocol's own (spec §0.2, X4, X5, X7, X9). */
final class Alias {

    private static final String TABLE = "/catalogue/sav-2.1/alias.csv";

    private final Map<String, Map<String, String>> words = new HashMap<>();

    Alias() {
        try (InputStream in = Alias.class.getResourceAsStream(TABLE)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(";"))
                    .forEach(alias -> words.computeIfAbsent(alias[0], champ -> new HashMap<>())
                            .put(Profil.compared(alias[1]), alias[2]));
        } catch (IOException e) {
            throw new IllegalStateException(TABLE, e);
        }
    }

    /** The same fields, in the protocol's words; a word that is nobody's alias stays as it is. */
    Map<String, String> normalise(Map<String, String> champs) {
        Map<String, String> normal = new LinkedHashMap<>(champs);
        words.forEach((champ, aliases) -> normal.computeIfPresent(champ, (name, value) -> {
            String compared = Profil.compared(value);
            return aliases.getOrDefault(compared, champ.equals("description") ? compared : value);
        }));
        return normal;
    }
}
