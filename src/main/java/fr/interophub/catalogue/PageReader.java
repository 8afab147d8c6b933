package fr.interophub.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the pages as they are written. What it cannot understand becomes a fault and is left out; it never throws for the
 * content of a page.
 */
final class PageReader {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String OUVERT = "OUVERT";
    private static final String TOUT = "TOUT";
    private static final String INCHANGE = "INCHANGE";
    static final Set<String> RESERVES = Set.of(Passage.NEANT, Passage.PRECEDENT, Passage.DELAI, OUVERT, TOUT, INCHANGE);

    private static final Set<String> PAGE = Set.of(
            "protocole",
            "version",
            "herite",
            "feuilles",
            "fichiers",
            "flux",
            "references",
            "etats",
            "conditions",
            "cycle",
            "traduction",
            "colonnes",
            "conditions-champs");
    private static final Set<String> FLUX = Set.of(
            "code",
            "emis-par",
            "objet",
            "reference",
            "attend",
            "etat",
            "ou-etats",
            "motif",
            "jeton",
            "date",
            "pratique",
            "hors-cycle",
            "toutes-versions");
    private static final Set<String> FICHIERS = Set.of("canal", "sujet", "nom", "encodage", "fin-de-ligne", "entete");
    private static final Set<String> TRADUCTION = Set.of("defauts", "deplaces");
    private static final Set<String> ETAT = Set.of("etat", "libelle", "final");
    private static final Set<String> CONDITION = Set.of("nom", "famille", "sens");
    private static final Set<String> PASSAGE = Set.of("id", "en", "sur", "vers", "ok", "ko", "si", "du");
    private static final List<String> FEUILLE =
            List.of("champ", "alias", "forme", "longueur", "presence", "si", "sauf", "vide", "faux", "regle", "preuve");
    private static final List<String> MOTIFS = List.of("code", "libelle", "flux", "cause");

    private static final List<String> CORRESPONDANCE =
            List.of("emetteur", "flux", "si", "colonne", "ecrit", "action", "champ", "vaut", "preuve");

    /** The text of a file of the catalogue folder, if there is one. */
    private final Function<String, Optional<String>> files;

    PageReader(Function<String, Optional<String>> files) {
        this.files = files;
    }

    /** Every page of {@code index.yaml}. */
    List<PageDraft> readAll() {
        var faults = new ArrayList<String>();
        var names = words(tree("index.yaml", faults).path("pages"));
        if (names.isEmpty()) {
            faults.add("index.yaml : aucune page");
        }
        var drafts = new ArrayList<PageDraft>();
        names.forEach(name -> drafts.add(read(name)));
        if (!faults.isEmpty()) {
            drafts.add(new PageDraft(
                    "index",
                    "index",
                    "",
                    false,
                    Fichiers.LIBRES,
                    List.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    faults));
        }
        return drafts;
    }

    private PageDraft read(String nom) {
        var faults = new ArrayList<String>();
        var lineage = new ArrayList<String>();
        var page = inherit(nom, lineage, faults);
        unknownKeys(page, PAGE, "page", faults);
        var flux = new ArrayList<Flux>();
        page.path("flux").forEach(node -> flux.add(flux(node, faults)));
        var etats = new ArrayList<Page.Etat>();
        page.path("etats")
                .fields()
                .forEachRemaining(objet -> objet.getValue().forEach(node -> {
                    unknownKeys(node, ETAT, objet.getKey() + ", état " + text(node, "etat"), faults);
                    etats.add(new Page.Etat(
                            objet.getKey(),
                            text(node, "etat"),
                            text(node, "libelle"),
                            node.path("final").asBoolean(false)));
                }));
        var conditions = new ArrayList<Page.ConditionCycle>();
        page.path("conditions").forEach(node -> {
            unknownKeys(node, CONDITION, "condition " + text(node, "nom"), faults);
            conditions.add(new Page.ConditionCycle(text(node, "nom"), optional(node, "famille"), text(node, "sens")));
        });
        var cycle = new LinkedHashMap<String, List<Passage>>();
        page.path("cycle").fields().forEachRemaining(objet -> {
            var passages = new ArrayList<Passage>();
            objet.getValue().forEach(node -> passages.addAll(passages(objet.getKey(), node, etats, faults)));
            cycle.put(objet.getKey(), passages);
        });
        boolean feuilles = page.path("feuilles").asBoolean(true);
        var sheets = new LinkedHashMap<String, List<Champ>>();
        if (feuilles) {
            for (var one : flux) {
                closest(lineage, one.code() + ".csv").ifPresent(path -> sheets.put(one.code(), sheet(path, faults)));
            }
        }
        var traduction = new LinkedHashMap<String, Equivalences>();
        page.path("traduction")
                .fields()
                .forEachRemaining(
                        one -> traduction.put(one.getKey(), equivalences(one.getKey(), one.getValue(), faults)));
        var motifs = new ArrayList<Motif>();
        closest(lineage, "motifs.csv")
                .ifPresent(path -> records(path, MOTIFS, faults)
                        .forEach(line -> motifs.add(new Motif(
                                line.getField("code"),
                                line.getField("libelle"),
                                Set.copyOf(split(line.getField("flux"), " ")),
                                line.getField("cause")))));
        return new PageDraft(
                nom,
                text(page, "protocole"),
                text(page, "version"),
                feuilles,
                fichiers(page.path("fichiers"), faults),
                flux,
                sheets,
                traduction,
                cycle,
                etats,
                conditions,
                motifs,
                words(page.path("references")),
                correspondances(lineage, faults),
                page.has("colonnes")
                        ? Optional.of(new GrilleReader(this, lineage, faults).read(page))
                        : Optional.empty(),
                faults);
    }

    private List<Correspondance> correspondances(List<String> lineage, List<String> faults) {
        var read = new ArrayList<Correspondance>();
        closest(lineage, "correspondance.csv")
                .ifPresent(path -> records(path, CORRESPONDANCE, faults).forEach(line -> {
                    var where = line.getField("flux") + " " + line.getField("colonne");
                    var emetteur = attempt(() -> Role.valueOf(line.getField("emetteur")), path, where, faults);
                    var si = attempt(() -> Condition.read(line.getField("si")), path, where, faults);
                    if (emetteur != null && si != null) {
                        read.add(new Correspondance(
                                emetteur,
                                line.getField("flux"),
                                si,
                                line.getField("colonne"),
                                line.getField("ecrit"),
                                line.getField("action"),
                                split(line.getField("champ"), " "),
                                line.getField("vaut"),
                                line.getField("preuve")));
                    }
                }));
        return read;
    }

    boolean has(String path) {
        return files.apply(path).isPresent();
    }

    private static Fichiers fichiers(JsonNode node, List<String> faults) {
        unknownKeys(node, FICHIERS, "fichiers", faults);
        optional(node, "encodage")
                .filter(name -> !written(name))
                .ifPresent(name -> faults.add("fichiers : encodage « %s » inconnu".formatted(name)));
        word(node, "fin-de-ligne", Set.of("LF", "CRLF"), faults);
        word(node, "entete", Set.of("exacte", "souple"), faults);
        return new Fichiers(
                optional(node, "canal"),
                optional(node, "sujet"),
                optional(node, "nom"),
                optional(node, "encodage"),
                text(node, "fin-de-ligne").equals("CRLF") ? "\r\n" : "\n",
                text(node, "entete").equals("souple"));
    }

    private static boolean written(String charset) {
        try {
            return Charset.forName(charset).canEncode();
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static void word(JsonNode node, String key, Set<String> words, List<String> faults) {
        optional(node, key)
                .filter(word -> !words.contains(word))
                .ifPresent(word -> faults.add("fichiers : %s « %s », attendu %s"
                        .formatted(key, word, String.join(" ou ", new TreeSet<>(words)))));
    }

    private static Equivalences equivalences(String flux, JsonNode node, List<String> faults) {
        unknownKeys(node, TRADUCTION, "traduction " + flux, faults);
        var defauts = new LinkedHashMap<String, String>();
        node.path("defauts")
                .fieldNames()
                .forEachRemaining(champ -> defauts.put(champ, text(node.path("defauts"), champ)));
        var deplaces = new LinkedHashMap<String, List<String>>();
        node.path("deplaces").fields().forEachRemaining(moved -> deplaces.put(moved.getKey(), words(moved.getValue())));
        return new Equivalences(defauts, deplaces);
    }

    /**
     * The page with what it inherits: its flux replace those of the same code, so do its translations; any other section
     * replaces the whole section.
     */
    private JsonNode inherit(String nom, List<String> lineage, List<String> faults) {
        if (lineage.contains(nom)) {
            faults.add("herite : %s hérite d'elle-même".formatted(nom));
            return YAML.createObjectNode();
        }
        lineage.add(nom);
        var page = tree(nom + ".yaml", faults);
        if (!page.has("herite") || !page.isObject()) {
            return page;
        }
        var parent = inherit(text(page, "herite"), lineage, faults);
        var merged = YAML.createObjectNode();
        parent.fields().forEachRemaining(section -> merged.set(section.getKey(), section.getValue()));
        page.fields().forEachRemaining(section -> {
            if (section.getKey().equals("flux") && parent.has("flux")) {
                var byCode = new LinkedHashMap<String, JsonNode>();
                parent.get("flux").forEach(node -> byCode.put(text(node, "code"), node));
                section.getValue().forEach(node -> byCode.put(text(node, "code"), node));
                merged.set("flux", YAML.createArrayNode().addAll(byCode.values()));
            } else if (section.getKey().equals("traduction")) {
                var byFlux = YAML.createObjectNode();
                parent.path("traduction").fields().forEachRemaining(one -> byFlux.set(one.getKey(), one.getValue()));
                section.getValue().fields().forEachRemaining(one -> byFlux.set(one.getKey(), one.getValue()));
                merged.set("traduction", byFlux);
            } else {
                merged.set(section.getKey(), section.getValue());
            }
        });
        return merged;
    }

    private Optional<String> closest(List<String> lineage, String file) {
        return lineage.stream()
                .map(nom -> nom + "/" + file)
                .filter(path -> files.apply(path).isPresent())
                .findFirst();
    }

    private JsonNode tree(String path, List<String> faults) {
        var text = files.apply(path);
        if (text.isEmpty()) {
            faults.add("%s : fichier absent".formatted(path));
            return YAML.createObjectNode();
        }
        try {
            var tree = YAML.readTree(text.get());
            if (tree instanceof ObjectNode) {
                return tree;
            }
            faults.add("%s : ce n'est pas une page".formatted(path));
        } catch (IOException e) {
            faults.add("%s : illisible, %s"
                    .formatted(path, e.getMessage().lines().findFirst().orElse("")));
        }
        return YAML.createObjectNode();
    }

    private static Flux flux(JsonNode node, List<String> faults) {
        var code = text(node, "code");
        unknownKeys(node, FLUX, "flux " + code, faults);
        var emisPar = EnumSet.noneOf(Role.class);
        for (var word : words(node.path("emis-par"))) {
            try {
                emisPar.add(Role.valueOf(word));
            } catch (IllegalArgumentException e) {
                faults.add("flux %s : émis par %s, attendu OI ou OC".formatted(code, word));
            }
        }
        return new Flux(
                code,
                java.util.Collections.unmodifiableSet(emisPar),
                text(node, "objet"),
                text(node, "reference"),
                optional(node, "attend"),
                optional(node, "etat"),
                optional(node, "motif"),
                text(node, "jeton"),
                optional(node, "date"),
                node.path("pratique").asBoolean(true),
                optional(node, "hors-cycle"),
                words(node.path("ou-etats")),
                node.path("toutes-versions").asBoolean(false));
    }

    /** One line of the table, for each state it starts from. */
    private static List<Passage> passages(String objet, JsonNode node, List<Page.Etat> etats, List<String> faults) {
        var id = text(node, "id");
        unknownKeys(node, PASSAGE, "cycle %s, passage %s".formatted(objet, id), faults);
        var starts = new LinkedHashSet<String>();
        for (var en : words(node.path("en"))) {
            if (en.equals(OUVERT) || en.equals(TOUT)) {
                etats.stream()
                        .filter(etat -> etat.objet().equals(objet) && (en.equals(TOUT) || !etat.terminal()))
                        .forEach(etat -> starts.add(etat.nom()));
            } else {
                starts.add(en);
            }
        }
        if (starts.isEmpty()) {
            faults.add("cycle %s, passage %s : « en » est vide".formatted(objet, id));
        }
        return starts.stream()
                .map(en -> new Passage(
                        id,
                        en,
                        text(node, "sur"),
                        exit(node, "vers", en),
                        exit(node, "ok", en),
                        exit(node, "ko", en),
                        words(node.path("si")),
                        node.path("du").asBoolean()))
                .toList();
    }

    private static Optional<String> exit(JsonNode node, String key, String en) {
        return optional(node, key).map(state -> state.equals(INCHANGE) ? en : state);
    }

    private List<Champ> sheet(String path, List<String> faults) {
        var champs = new ArrayList<Champ>();
        for (var line : records(path, FEUILLE, faults)) {
            champ(path, line, faults).ifPresent(champs::add);
        }
        return champs;
    }

    private static Optional<Champ> champ(String path, NamedCsvRecord line, List<String> faults) {
        var nom = line.getField("champ");
        int before = faults.size();
        var forme = attempt(() -> Forme.read(line.getField("forme")), path, nom, faults);
        var si = attempt(() -> Condition.read(line.getField("si")), path, nom, faults);
        var sauf = attempt(() -> Condition.read(line.getField("sauf")), path, nom, faults);
        var presence = attempt(() -> presence(line.getField("presence")), path, nom, faults);
        var length = line.getField("longueur").trim();
        boolean traced = !length.startsWith("(");
        var longueur = attempt(() -> length(length), path, nom, faults);
        if (faults.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new Champ(
                nom,
                split(line.getField("alias"), ","),
                forme,
                longueur,
                traced && longueur > 0,
                presence,
                si,
                sauf,
                Optional.of(line.getField("vide").trim()).filter(motif -> !motif.isEmpty()),
                Optional.of(line.getField("faux").trim()).filter(motif -> !motif.isEmpty()),
                line.getField("regle"),
                line.getField("preuve")));
    }

    private static Presence presence(String text) {
        for (var presence : Presence.values()) {
            if (presence.name().equals(text.trim())) {
                return presence;
            }
        }
        throw new IllegalArgumentException("présence « %s », attendu O, F ou C".formatted(text));
    }

    static int length(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        var digits = text.startsWith("(") && text.endsWith(")") ? text.substring(1, text.length() - 1) : text;
        if (digits.isEmpty() || digits.length() > 6 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("longueur « %s », attendu 30 ou (30)".formatted(text));
        }
        return Integer.parseInt(digits);
    }

    private static <T> T attempt(java.util.function.Supplier<T> read, String path, String champ, List<String> faults) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            faults.add("feuille %s, champ %s : %s".formatted(path, champ, e.getMessage()));
            return null;
        }
    }

    List<NamedCsvRecord> records(String path, List<String> header, List<String> faults) {
        var lines = new ArrayList<NamedCsvRecord>();
        try (var reader = CsvReader.builder()
                .fieldSeparator(';')
                .ofNamedCsvRecord(files.apply(path).orElse(""))) {
            for (var line : reader) {
                if (!line.getHeader().equals(header)) {
                    faults.add("%s : colonnes %s, attendu %s"
                            .formatted(path, String.join(";", line.getHeader()), String.join(";", header)));
                    return List.of();
                }
                lines.add(line);
            }
        } catch (CsvParseException | IOException e) {
            faults.add("%s : illisible, %s".formatted(path, e.getMessage()));
        }
        return lines;
    }

    static void unknownKeys(JsonNode node, Set<String> known, String where, List<String> faults) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                faults.add("%s : colonne « %s » inconnue".formatted(where, key));
            }
        });
    }

    static String text(JsonNode node, String key) {
        return node.path(key).asText("").trim();
    }

    static Optional<String> optional(JsonNode node, String key) {
        return Optional.of(text(node, key)).filter(text -> !text.isEmpty());
    }

    /** A list, or one word standing for a list of one. */
    static List<String> words(JsonNode node) {
        var words = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(one -> words.add(one.asText().trim()));
        } else if (node.isValueNode() && !node.isNull() && !node.asText().isBlank()) {
            words.add(node.asText().trim());
        }
        return words;
    }

    static List<String> split(String text, String separator) {
        return java.util.Arrays.stream(text.split(java.util.regex.Pattern.quote(separator)))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
