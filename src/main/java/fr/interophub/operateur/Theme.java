package fr.interophub.operateur;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Values of a sheet that go together, as people read them: what each means, may be, is, and is when nothing is written. The
 * page {@code docs/contrat.md} and the console are made of it.
 *
 * @param nom its place in the sheet, e.g. {@code contrat.commande}; empty for the sheet itself
 * @param sens what it is about, in French
 */
public record Theme(String nom, String sens, List<Rubrique> rubriques) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();

    /**
     * One value.
     *
     * @param nom its key
     * @param sens what it means, in French
     * @param forme what may be written there, in French
     * @param valeur what the sheet says, as it is written; empty when it says nothing
     * @param defaut the same, when nothing is written
     */
    public record Rubrique(String nom, String sens, String forme, String valeur, String defaut) {

        /** Is it other than by default? */
        public boolean convenue() {
            return !valeur.equals(defaut);
        }
    }

    /** A contract: its general values, then its themes. */
    public static List<Theme> of(Contrat contrat) {
        return list("contrat", "", Contrat.class, contrat, Contrat.DEFAUT);
    }

    /** All that a sheet may say, with its defaults. */
    public static List<Theme> list() {
        Operateur silent = new Operateur(null, null, null, null, null, null, null, null);
        FicheEcrite sheet = new FicheEcrite(
                null, null, null, silent.actif(), silent.versions(), null, null, null, silent.contrat());
        return list("", "", FicheEcrite.class, sheet, sheet);
    }

    private static List<Theme> list(String nom, String sens, Class<?> type, Object sheet, Object silent) {
        List<Rubrique> rubriques = new ArrayList<>();
        List<Theme> themes = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Valeur valeur = component.getAnnotation(Valeur.class);
            Object said = get(component, sheet);
            Object defaut = get(component, silent);
            if (component.getType().isRecord()) {
                String under = nom.isEmpty() ? component.getName() : nom + "." + component.getName();
                themes.addAll(list(under, valeur.value(), component.getType(), said, defaut));
            } else {
                rubriques.add(new Rubrique(
                        component.getName(),
                        valeur.value(),
                        forme(component.getGenericType(), valeur),
                        write(said),
                        write(defaut)));
            }
        }
        themes.add(0, new Theme(nom, sens, rubriques));
        return themes;
    }

    private static Object get(RecordComponent component, Object sheet) {
        try {
            return sheet == null ? null : component.getAccessor().invoke(sheet);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String forme(Type type, Valeur valeur) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return (of.length == 2 ? "par clé : " : "liste : ") + forme(of[of.length - 1], valeur);
        }
        if (type == String.class) {
            return valeur.parmi().length == 0 ? "texte" : "parmi " + String.join(", ", valeur.parmi());
        }
        if (type == Integer.class) {
            return valeur.max() == Integer.MAX_VALUE
                    ? "entier, %d ou plus".formatted(valeur.min())
                    : "entier, de %d à %d".formatted(valeur.min(), valeur.max());
        }
        return type == Boolean.class ? "true ou false" : "objet";
    }

    private static String write(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (value instanceof Map<?, ?> named) {
            try {
                return named.isEmpty()
                        ? ""
                        : YAML.writeValueAsString(new TreeMap<>(named)).strip();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        return value == null ? "" : value.toString();
    }
}
