package fr.interophub.operateur;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what people write into a record, and tells every fault at once: a key that the record does not have, with those it
 * has; a value of another type, out of its list or its bounds ({@link Valeur}). What is faulty is left out, so that the
 * rest can be judged in the same go.
 */
public final class Lecture {

    private final ObjectMapper json;
    private final List<Faute> fautes = new ArrayList<>();

    public Lecture(ObjectMapper json) {
        this.json = json;
    }

    /** The faults found so far; more may be added. */
    public List<Faute> fautes() {
        return fautes;
    }

    /**
     * @return the record, with its defaults where nothing was written or what was written is faulty
     */
    public <T extends Record> T read(JsonNode node, Class<T> type) {
        JsonNode sound = node.deepCopy();
        try {
            return json.treeToValue(admits(sound, type, null, "") ? sound : json.createObjectNode(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** False, and the fault is noted, if a value cannot stand; what is wrong inside it is taken out. */
    private boolean admits(JsonNode node, Type type, Valeur valeur, String where) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? map(node, of[1], valeur, where)
                    : list(node, of[0], valeur, where);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) {
            return object(node, raw, where);
        }
        if (raw == String.class) {
            return told(node.isTextual(), where, "texte") && among(node, valeur, where);
        }
        if (raw == Integer.class) {
            return told(node.isIntegralNumber() && node.canConvertToInt(), where, "entier")
                    && within(node.intValue(), valeur, where);
        }
        if (raw == Boolean.class) {
            return told(node.isBoolean(), where, "booleen");
        }
        if (raw.isEnum()) {
            List<String> words =
                    Stream.of(raw.getEnumConstants()).map(Object::toString).toList();
            return told(words.contains(node.asText()), where, "choix", String.join(", ", words));
        }
        throw new IllegalStateException("no reading of " + raw);
    }

    private boolean told(boolean sound, String where, String code, Object... arguments) {
        if (!sound) {
            fautes.add(new Faute(where, code, arguments));
        }
        return sound;
    }

    private boolean among(JsonNode node, Valeur valeur, String where) {
        return valeur == null
                || valeur.parmi().length == 0
                || told(
                        List.of(valeur.parmi()).contains(node.textValue()),
                        where,
                        "choix",
                        String.join(", ", valeur.parmi()));
    }

    private boolean within(int number, Valeur valeur, String where) {
        if (valeur == null || number >= valeur.min() && number <= valeur.max()) {
            return true;
        }
        return valeur.max() == Integer.MAX_VALUE
                ? told(false, where, "au-moins", String.valueOf(valeur.min()))
                : told(false, where, "bornes", String.valueOf(valeur.min()), String.valueOf(valeur.max()));
    }

    private boolean object(JsonNode node, Class<?> type, String where) {
        if (!told(node.isObject(), where, "objet")) {
            return false;
        }
        Map<String, RecordComponent> known = Arrays.stream(type.getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, component -> component));
        for (String name : names(node)) {
            String at = Faute.under(where, name);
            RecordComponent component = known.get(name);
            JsonNode value = node.get(name);
            boolean kept = component == null
                    ? told(false, at, "inconnu", list(known.keySet()))
                    : !value.isNull()
                            && admits(value, component.getGenericType(), component.getAnnotation(Valeur.class), at);
            if (!kept) {
                ((ObjectNode) node).remove(name);
            }
        }
        return true;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String list(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    private boolean map(JsonNode node, Type of, Valeur valeur, String where) {
        if (!told(node.isObject(), where, "objet")) {
            return false;
        }
        for (String name : names(node)) {
            if (!admits(node.get(name), of, valeur, Faute.under(where, name))) {
                ((ObjectNode) node).remove(name);
            }
        }
        return true;
    }

    private boolean list(JsonNode node, Type of, Valeur valeur, String where) {
        if (!told(node.isArray(), where, "liste")) {
            return false;
        }
        List<JsonNode> kept = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            if (admits(node.get(i), of, valeur, where + "/" + i)) {
                kept.add(node.get(i));
            }
        }
        ((ArrayNode) node).removeAll().addAll(kept);
        return true;
    }
}
