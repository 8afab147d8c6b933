package fr.interophub.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.Empreinte;
import fr.interophub.api.Probleme.Faute;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.SurchargeChamp;
import fr.interophub.catalogue.SurchargeFeuille;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.operateur.Operateur.Sftp;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The sheets of operators as they are read and written from outside. Secrets go in, hashed at once, and never come out;
 * a sheet is taken whole or refused with every fault.
 */
final class Fiches {

    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{4}");
    private static final Pattern SIREN = Pattern.compile("[0-9]{9}");
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{8,200}");
    private static final Pattern CLE_PUBLIQUE =
            Pattern.compile("(ssh-|ecdsa-|sk-)\\S+ [A-Za-z0-9+/]+={0,3}( [^\\p{Cntrl}]*)?");
    private static final Pattern PLACE = Pattern.compile("\\{[^}]*}?|}");
    private static final Set<String> PLACES = Set.of("{OI}", "{OC}", "{FLUX}", "{AAAAMMJJ}", "{NNNN}");

    private static final String DEFINI = "Defini";
    private static final Set<String> FICHE =
            Set.of("code", "nom", "siren", "actif", "versions", "sftp", "cleApi", "cleApi" + DEFINI + "e", "contrat");
    private static final Set<String> SFTP = Set.of("login", "motDePasse", "motDePasse" + DEFINI, "clesPubliques");
    private static final Set<String> CONTRAT = Arrays.stream(Contrat.class.getRecordComponents())
            .map(component -> component.getName())
            .collect(Collectors.toUnmodifiableSet());

    private final Annuaire annuaire;
    private final Catalogue catalogue;
    private final TrousseauDeCles trousseau;
    private final PasswordEncoder encoder;
    private final Gestes gestes;
    private final Transactions transactions;
    private final ObjectMapper json;

    Fiches(
            Annuaire annuaire,
            Catalogue catalogue,
            TrousseauDeCles trousseau,
            PasswordEncoder encoder,
            Gestes gestes,
            Transactions transactions,
            ObjectMapper json) {
        this.annuaire = annuaire;
        this.catalogue = catalogue;
        this.trousseau = trousseau;
        this.encoder = encoder;
        this.gestes = gestes;
        this.transactions = transactions;
        this.json = json.copy()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }

    /** A sheet without its secrets: whether they are set is told, nothing more. */
    ObjectNode show(Operateur operateur) {
        ObjectNode sheet = json.valueToTree(operateur.withSecrets(null, null));
        sheet.remove("contrat");
        if (operateur.sftp() != null) {
            Sftp account = operateur.sftp();
            ObjectNode sftp = sheet.putObject("sftp");
            sftp.put("login", account.login());
            sftp.put("motDePasse" + DEFINI, account.motDePasse() != null);
            sftp.set("clesPubliques", json.valueToTree(account.clesPubliques()));
        }
        sheet.put("cleApi" + DEFINI + "e", operateur.cleApi() != null);
        sheet.set("contrat", json.valueToTree(operateur.contrat()));
        return sheet;
    }

    List<ObjectNode> list() {
        return annuaire.list().stream().map(this::show).toList();
    }

    ObjectNode get(String code) {
        return annuaire.find(code).map(this::show).orElseThrow(Probleme::notFound);
    }

    /** What came of a sheet that was written. */
    record Ecriture(boolean nouveau, ObjectNode fiche) {}

    /**
     * Writes a sheet; what is left out takes its default, a secret that is left out stays, one that is {@code null} goes.
     *
     * @throws Probleme with every fault
     */
    synchronized Ecriture write(String code, JsonNode body, String qui) {
        List<Faute> fautes = new ArrayList<>();
        if (!CODE.matcher(code).matches()) {
            fautes.add(new Faute("code", "code"));
        }
        if (!body.isObject()) {
            fautes.add(new Faute("", "objet"));
            throw Probleme.invalid(fautes);
        }
        Optional<Operateur> known = annuaire.find(code);
        Operateur sheet = read(code, body, known.orElse(null), fautes);
        if (!fautes.isEmpty()) {
            throw Probleme.invalid(fautes);
        }
        transactions.run(() -> {
            gestes.note(
                    qui,
                    known.isPresent() ? "operateur-modifie" : "operateur-cree",
                    code,
                    changes(known.orElse(null), sheet));
            annuaire.save(sheet);
        });
        return new Ecriture(known.isEmpty(), show(sheet));
    }

    private Operateur read(String code, JsonNode body, Operateur known, List<Faute> fautes) {
        unknown("", body, FICHE, fautes);
        if (body.has("code") && !code.equals(text(body, "code", "code", fautes))) {
            fautes.add(new Faute("code", "code-autre", code));
        }
        String nom = text(body, "nom", "nom", fautes);
        if (!told("nom", fautes)
                && (nom == null
                        || nom.isBlank()
                        || nom.length() > 100
                        || nom.chars().anyMatch(Character::isISOControl))) {
            fautes.add(new Faute("nom", "nom"));
        }
        String siren = text(body, "siren", "siren", fautes);
        if (!told("siren", fautes) && (siren == null || !SIREN.matcher(siren).matches())) {
            fautes.add(new Faute("siren", "siren"));
        }
        JsonNode actif = body.path("actif");
        if (!actif.isMissingNode() && !actif.isNull() && !actif.isBoolean()) {
            fautes.add(new Faute("actif", "booleen"));
        }
        Contrat contrat = contrat(body.path("contrat"), fautes);
        Map<String, String> versions = versions(body.path("versions"), fautes);
        return new Operateur(
                code,
                nom == null ? null : nom.strip(),
                siren,
                actif.isBoolean() ? actif.booleanValue() : null,
                versions,
                sftp(code, body, known == null ? null : known.sftp(), fautes),
                key(code, body, known == null ? null : known.cleApi(), fautes),
                contrat);
    }

    private static void unknown(String where, JsonNode node, Set<String> known, List<Faute> fautes) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fautes.add(new Faute(where + name, "inconnu"));
            }
        });
    }

    private static String text(JsonNode node, String name, String where, List<Faute> fautes) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            fautes.add(new Faute(where, "texte"));
            return null;
        }
        return value.textValue();
    }

    private static boolean told(String where, List<Faute> fautes) {
        return fautes.stream().anyMatch(faute -> faute.champ().equals(where));
    }

    private Map<String, String> versions(JsonNode node, List<Faute> fautes) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            fautes.add(new Faute("versions", "objet"));
            return null;
        }
        Map<String, String> versions = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(protocole -> {
            String version = node.get(protocole).asText();
            if (catalogue.find(protocole, version).isEmpty()) {
                fautes.add(new Faute("versions." + protocole, "version", protocole, version));
            }
            versions.put(protocole, version);
        });
        return versions;
    }

    private Sftp sftp(String code, JsonNode body, Sftp known, List<Faute> fautes) {
        if (!body.has("sftp")) {
            return known;
        }
        JsonNode node = body.get("sftp");
        if (node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            fautes.add(new Faute("sftp", "objet"));
            return null;
        }
        unknown("sftp.", node, SFTP, fautes);
        String login = text(node, "login", "sftp.login", fautes);
        if (login == null || !LOGIN.matcher(login).matches()) {
            fautes.add(new Faute("sftp.login", "login"));
        } else if (annuaire.list().stream()
                .anyMatch(other -> !other.code().equals(code)
                        && other.sftp() != null
                        && login.equals(other.sftp().login()))) {
            fautes.add(new Faute("sftp.login", "login-pris"));
        }
        String hash = known == null ? null : known.motDePasse();
        if (node.has("motDePasse")) {
            String clear = secret(node, "motDePasse", "sftp.motDePasse", fautes);
            hash = clear == null ? null : encoder.encode(clear);
        }
        return new Sftp(login, hash, publicKeys(node.path("clesPubliques"), fautes));
    }

    private static List<String> publicKeys(JsonNode node, List<Faute> fautes) {
        List<String> keys = new ArrayList<>();
        if (node.isMissingNode() || node.isNull()) {
            return keys;
        }
        if (!node.isArray()) {
            fautes.add(new Faute("sftp.clesPubliques", "liste"));
            return keys;
        }
        for (JsonNode key : node) {
            if (!key.isTextual()
                    || !CLE_PUBLIQUE.matcher(key.textValue().strip()).matches()) {
                fautes.add(new Faute("sftp.clesPubliques[" + keys.size() + "]", "cle-publique"));
            }
            keys.add(key.asText().strip());
        }
        return keys;
    }

    /** The hash of the REST key. */
    private String key(String code, JsonNode body, String known, List<Faute> fautes) {
        if (!body.has("cleApi")) {
            return known;
        }
        String clear = secret(body, "cleApi", "cleApi", fautes);
        if (clear == null) {
            return null;
        }
        String hash = Empreinte.of(clear);
        boolean taken =
                annuaire.list().stream().anyMatch(other -> !other.code().equals(code) && hash.equals(other.cleApi()));
        if (taken || trousseau.ours(hash)) {
            fautes.add(new Faute("cleApi", "cle-prise"));
        }
        return hash;
    }

    private static String secret(JsonNode node, String name, String where, List<Faute> fautes) {
        String clear = text(node, name, where, fautes);
        if (clear != null && !SECRET.matcher(clear).matches()) {
            fautes.add(new Faute(where, "secret"));
            return null;
        }
        return clear;
    }

    private Contrat contrat(JsonNode node, List<Faute> fautes) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            fautes.add(new Faute("contrat", "objet"));
            return null;
        }
        unknown("contrat.", node, CONTRAT, fautes);
        Contrat contrat;
        try {
            contrat = json.treeToValue(node, Contrat.class);
        } catch (JsonProcessingException e) {
            fautes.add(new Faute("contrat" + path(e), "illisible"));
            return null;
        }
        check(contrat, fautes);
        return contrat;
    }

    private static String path(JsonProcessingException e) {
        return !(e instanceof JsonMappingException mapping)
                ? ""
                : mapping.getPath().stream()
                        .map(step ->
                                step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                        .collect(Collectors.joining());
    }

    private void check(Contrat contrat, List<Faute> fautes) {
        oneOf("contrat.canal", contrat.canal(), Set.of("SFTP", "DOSSIER"), fautes);
        oneOf("contrat.motifs", contrat.motifs(), Set.of("libelle", "code", "code-libelle"), fautes);
        if (contrat.siMode() != null) {
            oneOf("contrat.siMode", contrat.siMode(), Set.of("rest", "jms", "csv", "webhook", "integre"), fautes);
        }
        if (!contrat.encodageEntrant().equals("auto")) {
            charset("contrat.encodageEntrant", contrat.encodageEntrant(), false, fautes);
        }
        charset("contrat.encodageSortant", contrat.encodageSortant(), true, fautes);
        if (contrat.lignesMax() < 0) {
            fautes.add(new Faute("contrat.lignesMax", "positif"));
        }
        boolean needed = contrat.canal().equals("DOSSIER");
        folder("contrat.dossierEntrant", contrat.dossierEntrant(), needed, fautes);
        folder("contrat.dossierSortant", contrat.dossierSortant(), needed, fautes);
        if (contrat.dossierEntrant() != null && contrat.dossierEntrant().equals(contrat.dossierSortant())) {
            fautes.add(new Faute("contrat.dossierSortant", "dossier-meme"));
        }
        template(contrat.nomFichier(), fautes);
        contrat.colonnes().forEach((flux, surcharge) -> columns(flux, surcharge, fautes));
    }

    private static void oneOf(String where, String value, Set<String> allowed, List<Faute> fautes) {
        if (!allowed.contains(value)) {
            fautes.add(new Faute(where, "choix", allowed.stream().sorted().collect(Collectors.joining(", "))));
        }
    }

    private static void charset(String where, String name, boolean written, List<Faute> fautes) {
        try {
            if (written && !Charset.forName(name).canEncode()) {
                fautes.add(new Faute(where, "encodage"));
            } else {
                Charset.forName(name);
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            fautes.add(new Faute(where, "encodage"));
        }
    }

    private static void folder(String where, String folder, boolean needed, List<Faute> fautes) {
        if (folder == null) {
            if (needed) {
                fautes.add(new Faute(where, "dossier"));
            }
            return;
        }
        try {
            Path path = Path.of(folder);
            if (!path.isAbsolute() || !path.normalize().equals(path)) {
                fautes.add(new Faute(where, "dossier"));
            }
        } catch (InvalidPathException e) {
            fautes.add(new Faute(where, "dossier"));
        }
    }

    private static void template(String template, List<Faute> fautes) {
        // The sequence counts per flux and day: a name without them would come back.
        boolean counted = Stream.of("{FLUX}", "{AAAAMMJJ}", "{NNNN}").allMatch(template::contains);
        boolean plain = template.length() <= 200
                && template.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
        boolean visible = !template.startsWith(".")
                && Stream.of(".tmp", ".part", ".filepart").noneMatch(template::endsWith);
        Matcher places = PLACE.matcher(template);
        boolean known = true;
        while (places.find()) {
            known &= PLACES.contains(places.group());
        }
        if (!counted || !plain || !visible || !known) {
            fautes.add(new Faute("contrat.nomFichier", "nom-fichier"));
        }
    }

    /** Held against every page that knows the flux: a received header is compared with all of them. */
    private void columns(String flux, SurchargeFeuille surcharge, List<Faute> fautes) {
        String where = "contrat.colonnes." + flux;
        List<Page> pages = catalogue.pages().stream()
                .filter(page -> page.findFlux(flux).isPresent())
                .toList();
        if (pages.isEmpty()) {
            fautes.add(new Faute(where, "flux", flux));
            return;
        }
        if (surcharge == null) {
            fautes.add(new Faute(where, "objet"));
            return;
        }
        Set<String> told = new LinkedHashSet<>();
        for (Page page : pages) {
            try {
                page.feuille(flux).with(surcharge);
            } catch (IllegalArgumentException e) {
                told.addAll(List.of(e.getMessage().split("\n")));
            }
            if (surcharge.champs() != null) {
                surcharge.champs().forEach((champ, change) -> motifs(page, champ, change, told));
            }
        }
        told.forEach(fault -> fautes.add(new Faute(where, "tel-quel", fault)));
    }

    private static void motifs(Page page, String champ, SurchargeChamp change, Set<String> told) {
        if (change == null) {
            return;
        }
        for (String motif : new String[] {change.vide(), change.faux()}) {
            if (motif != null && !motif.isBlank() && page.motif(motif).isEmpty()) {
                told.add("%s : motif %s inconnu".formatted(champ, motif));
            }
        }
    }

    /** What an acte says of a change: which values, never what they are. */
    private String changes(Operateur before, Operateur after) {
        if (before == null) {
            return "nouvelle fiche";
        }
        JsonNode old = json.valueToTree(before);
        JsonNode now = json.valueToTree(after);
        List<String> changed = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        old.fieldNames().forEachRemaining(names::add);
        now.fieldNames().forEachRemaining(names::add);
        names.stream().filter(name -> !old.path(name).equals(now.path(name))).forEach(changed::add);
        return changed.isEmpty() ? "rien de changé" : String.join(", ", changed);
    }
}
