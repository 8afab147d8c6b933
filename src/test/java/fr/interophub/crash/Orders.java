package fr.interophub.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Cmd_Acces lines as an OC writes them (Accès 1.2 §3.1), and the answers as it reads them. */
public final class Orders {

    /** The header line of §3.1. */
    public static final String HEADER =
            "ReferenceCommandePriseInterneOC;CommuneImmeuble;CodePostalImmeuble;CodeInseeImmeuble;CodeVoieRivoliImmeuble;"
                    + "NumeroVoieImmeuble;ComplementNumeroVoieImmeuble;TypeVoieImmeuble;LibelleVoieImmeuble;"
                    + "CodeAdresseImmeuble;Batiment;Escalier;Etage;TypeRacco;DateInstall;NomClient;PrenomClient;"
                    + "ContactClient1;ContactClient2;IdRdv;ReferencePrestationPm;ReferencePm;ReferencePrise;PriseExistante;"
                    + "TypeCommandeDemande;DateCommandePrise;CommentaireCmdAcces;Info Cmd Accès 1;Info Cmd Accès 2;"
                    + "Info Cmd Accès 3;Info Cmd Accès 4;Info Cmd Accès 5;Info Cmd Accès 6;Info Cmd Accès 7;"
                    + "Info Cmd Accès 8";

    /** The label of FADR01 (§4). */
    public static final String FADR01 = "ADRESSE : CODE ADRESSE IMMEUBLE INEXISTANT DANS LE REFERENTIEL OI";

    private static final String[] MODELS = {"OI", "STOC", "OC"};

    private Orders() {}

    /** An order, field by field, in the order of the header. */
    public static final class Order {

        private final Map<String, String> fields = new LinkedHashMap<>();

        private Order() {
            Arrays.stream(HEADER.split(";")).forEach(name -> fields.put(name, ""));
        }

        public String reference() {
            return get("ReferenceCommandePriseInterneOC");
        }

        public String get(String name) {
            return fields.get(name);
        }

        public Order with(String name, String value) {
            if (fields.replace(name, value) == null) {
                throw new IllegalArgumentException(name);
            }
            return this;
        }

        public String line() {
            return String.join(";", fields.values());
        }
    }

    /**
     * A faultless order: the three models, and within each a PTO to build, a known one, and one that is there but not
     * known, by turns.
     *
     * @param prefix what its reference begins with; the number follows
     */
    public static Order order(String operateur, String prefix, int number) {
        String model = MODELS[number % 3];
        int pto = number / 3 % 3;
        Order order = new Order()
                .with("ReferenceCommandePriseInterneOC", "%s-%06d".formatted(prefix, number))
                .with("CommuneImmeuble", "Orléans")
                .with("CodePostalImmeuble", "45000")
                .with("CodeInseeImmeuble", "45234")
                .with("CodeVoieRivoliImmeuble", "0123")
                .with("NumeroVoieImmeuble", Integer.toString(1 + number % 999))
                .with("TypeVoieImmeuble", "RUE")
                .with("LibelleVoieImmeuble", "de la République")
                .with("TypeRacco", model)
                .with("NomClient", "Durand")
                .with("ContactClient1", "0612345678")
                .with("ReferencePrestationPm", operateur + "-PM-0001")
                .with("ReferencePm", "ADR-45234-0001")
                .with("PriseExistante", pto == 0 ? "N" : "O")
                .with("ReferencePrise", pto == 1 ? "%s-%s-%d".formatted(operateur, prefix, number) : "")
                .with("TypeCommandeDemande", "COFI")
                .with("DateCommandePrise", "20260105 09:30")
                .with("CommentaireCmdAcces", "au 2e étage");
        if (model.equals("OI") && pto == 0) {
            order.with("IdRdv", "RDV-%s-%s-%d".formatted(operateur, prefix, number))
                    .with("DateInstall", "20260201 10:00");
        }
        return order;
    }

    /** {@code count} faultless orders, numbered from {@code first}. */
    public static List<Order> orders(String operateur, String prefix, int first, int count) {
        List<Order> orders = new ArrayList<>(count);
        for (int number = first; number < first + count; number++) {
            orders.add(order(operateur, prefix, number));
        }
        return orders;
    }

    public static String csv(Collection<Order> orders) {
        return orders.stream().map(Order::line).collect(Collectors.joining("\n", HEADER + "\n", "\n"));
    }

    public static byte[] bytes(Collection<Order> orders) {
        return csv(orders).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What the SI says of an order: every tenth is refused for its address, an unknown PTO goes by the hotline, the
     * others get a route (§3.3). The answer depends on the order alone.
     */
    public static Optional<ObjectNode> opinion(JsonNode demande) {
        if (!demande.get("flux").asText().equals("Cmd_Acces")) {
            return Optional.empty();
        }
        JsonNode order = demande.get("champs");
        String reference = order.get("ReferenceCommandePriseInterneOC").asText();
        String state = expectedState(order);
        ObjectNode decision = HubApi.JSON.createObjectNode();
        decision.put("operateur", demande.get("operateur").asText());
        decision.put("flux", "CR_Cmd_Acces");
        ObjectNode fields = decision.putObject("champs");
        fields.put("ReferenceCommandePriseInterneOC", reference);
        fields.put("ReferencePrestationPm", order.path("ReferencePrestationPm").asText());
        fields.put("ReferencePm", order.path("ReferencePm").asText());
        if (state.equals("REJETEE_CR")) {
            fields.put("EtatCrCommandePrise", "KO");
            fields.put("MotifKoCrCommandePrise", "FADR01");
            return Optional.of(decision);
        }
        boolean hotline = state.equals("ROUTE_HOTLINE");
        String known = order.path("ReferencePrise").asText();
        fields.put("EtatCrCommandePrise", "OK");
        fields.put(
                "ReferencePrise",
                hotline
                        ? "HOTLINE"
                        : known.isEmpty() ? "PT-" + demande.get("operateur").asText() + "-" + reference : known);
        fields.put("ReferencePrestationPrise", demande.get("operateur").asText() + "-FTTH-" + reference);
        fields.put("TypeCommandeRetenu", "COFI");
        fields.put("OC 1", demande.get("operateur").asText());
        fields.put("NomModulePm N°1", hotline ? "HOTLINE" : "TI-01");
        fields.put("PositionModulePm N°1", hotline ? "0" : "12");
        fields.put("ReferencePBO N°1", hotline ? "HOTLINE" : "PBO-45234-7");
        fields.put("InformationTubePBO N°1", hotline ? "HOTLINE" : "3");
        fields.put("InformationFibrePBO N°1", hotline ? "HOTLINE" : "5");
        fields.put("ConnecteurPriseNumero N°1", hotline ? "0" : "1");
        return Optional.of(decision);
    }

    /** The state an order is in once the SI above has answered it. */
    public static String expectedState(JsonNode order) {
        String reference = order.get("ReferenceCommandePriseInterneOC").asText();
        return expectedState(
                reference,
                order.path("PriseExistante").asText(),
                order.path("ReferencePrise").asText());
    }

    public static String expectedState(Order order) {
        return expectedState(order.reference(), order.get("PriseExistante"), order.get("ReferencePrise"));
    }

    private static String expectedState(String reference, String exists, String pto) {
        int number = Integer.parseInt(reference.substring(reference.lastIndexOf('-') + 1));
        if (number % 10 == 0) {
            return "REJETEE_CR";
        }
        return exists.equals("O") && pto.isEmpty() ? "ROUTE_HOTLINE" : "ROUTE_FOURNIE";
    }

    /** One line of an answer, with the file it stood in. */
    public record Answer(String file, NamedCsvRecord line) {

        public String reference() {
            return line.getField("ReferenceCommandePriseInterneOC");
        }

        public String get(String name) {
            return line.getField(name);
        }

        @Override
        public String toString() {
            return file + ": " + line.getFields();
        }
    }

    /**
     * The answers of one flux, in the order of the files' names and of their lines.
     *
     * @param flux {@code ARCMD} or {@code CrCMD}, as the file names have it
     */
    public static List<Answer> answers(SortedMap<String, byte[]> files, String flux) {
        List<Answer> answers = new ArrayList<>();
        files.forEach((name, bytes) -> {
            if (name.contains("_" + flux + "_")) {
                CsvReader.builder()
                        .fieldSeparator(';')
                        .ofNamedCsvRecord(new String(bytes, StandardCharsets.UTF_8))
                        .forEach(line -> answers.add(new Answer(name, line)));
            }
        });
        return answers;
    }

    /** Answers by the order they speak of. */
    public static Map<String, List<Answer>> byReference(List<Answer> answers) {
        return answers.stream().collect(Collectors.groupingBy(Answer::reference, TreeMap::new, Collectors.toList()));
    }

    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
