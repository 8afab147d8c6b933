package fr.interophub.operateur;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One fault of a sheet that someone wrote.
 *
 * @param pointeur where, a JSON pointer (RFC 6901)
 * @param code the text, under {@code faute.<code>} of the message bundles
 * @param arguments what the text shows
 */
public record Faute(String pointeur, String code, List<Object> arguments) {

    public Faute(String pointeur, String code, Object... arguments) {
        this(pointeur, code, List.of(arguments));
    }

    /** One step further down. */
    public static String under(String pointeur, String name) {
        return pointeur + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The same place as people write it: {@code sftp.clesPubliques[0]}. */
    public String champ() {
        return Stream.of(pointeur.split("/"))
                .filter(step -> !step.isEmpty())
                .map(step -> step.matches("[0-9]+")
                        ? "[" + step + "]"
                        : "." + step.replace("~1", "/").replace("~0", "~"))
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
