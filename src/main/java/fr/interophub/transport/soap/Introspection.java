package fr.interophub.transport.soap;

import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the service says of itself (spec SAV §a.8). */
final class Introspection {

    /** Operations whose elements are in the namespace that OSS/J shares between its services. */
    static final Set<String> COMMON = Set.of(
            "getSupportedOptionalOperations",
            "getManagedEntityTypes",
            "getEventTypes",
            "getEventDescriptor",
            "getUpdateProcedureTypes",
            "getNamedQueryTypes");

    private static final Map<String, String> ARRAYS = Map.of(
            "getTroubleTicketTypes", "troubleTicketTypes",
            "getTroubleTicketItemTypes", "troubleTicketItemTypes");

    /** The lists that the public data tell. */
    private static final List<String> LISTES = List.of(
            "appointmentMode",
            "defectDescription",
            "defectPrelocalization",
            "messageType",
            "supplierResolutionState",
            "troubleTicketClosureCode");

    private final Map<String, List<String>> names;

    /** @param types the ticket types that partners are told, since plain OSS/J clients expect other names */
    Introspection(List<String> types) {
        this.names = Map.of(
                "getSupportedOptionalOperations",
                List.of("createTroubleTicketByValue", "setTroubleTicketByValue", "getTroubleTicketByKey"),
                "getManagedEntityTypes",
                List.of("TroubleTicketValue"),
                "getTroubleTicketTypes",
                types);
    }

    /**
     * The body of the answer.
     *
     * @throws Faute for {@code getEventDescriptor}, which has nothing to describe
     */
    String answer(String operation, Operateur oc, Profil profil) {
        String element = operation + "Response";
        return switch (operation) {
            case "getEventDescriptor" ->
                throw Faute.declared("Client", operation, "ossIllegalArgumentException", "TYPE D EVENEMENT INCONNU");
            case "getTroubleTicketPublicData" -> Redacteur.one("tt", element, "ttPublicDataXml", publicData(profil));
            case "getTroubleTicketPrivateData" ->
                Redacteur.one("tt", element, "ttPrivateDataXml", xml("reglages", reglages(oc, profil)));
            default ->
                Redacteur.names(
                        COMMON.contains(operation) ? "co" : "tt",
                        element,
                        ARRAYS.getOrDefault(operation, "strings"),
                        names.getOrDefault(operation, List.of()));
        };
    }

    private static String publicData(Profil profil) {
        return "<sav version=\"%s\">%s</sav>"
                .formatted(
                        profil.version(),
                        LISTES.stream()
                                .map(champ -> "<liste champ=\"%s\">%s</liste>"
                                        .formatted(
                                                champ,
                                                profil.liste(champ).stream()
                                                        .map(value -> "<valeur>" + value + "</valeur>")
                                                        .collect(Collectors.joining())))
                                .collect(Collectors.joining()));
    }

    private static Map<String, Object> reglages(Operateur oc, Profil profil) {
        Map<String, Object> reglages = new LinkedHashMap<>();
        reglages.put("operateur", oc.code());
        reglages.put("siren", oc.siren());
        Contrat.Sav agreed = oc.contrat().sav();
        reglages.put("profil", profil.version());
        reglages.put("codes", agreed.codes());
        reglages.put("identifiants", agreed.identifiants());
        reglages.put("champsInterdits", agreed.champsInterdits());
        reglages.put("requalification", agreed.requalification());
        return reglages;
    }

    private static String xml(String root, Map<String, Object> values) {
        return "<%s>%s</%s>"
                .formatted(
                        root,
                        values.entrySet().stream()
                                .map(value -> "<%1$s>%2$s</%1$s>".formatted(value.getKey(), value.getValue()))
                                .collect(Collectors.joining()),
                        root);
    }
}
