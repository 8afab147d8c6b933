package fr.interophub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.Empreinte;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.SurchargeChamp;
import fr.interophub.catalogue.SurchargeFeuille;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Coffre;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Faute;
import fr.interophub.operateur.FicheEcrite;
import fr.interophub.operateur.Lecture;
import fr.interophub.operateur.Operateur;
import fr.interophub.operateur.Operateur.Sftp;
import fr.interophub.operateur.Operateur.Soap;
import fr.interophub.operateur.Plage;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The sheets of operators as they are read and written from outside. Secrets go in, hashed or sealed at once, and never come out;
 * a sheet is taken whole or refused with every fault.
 */
final class Fiches {

    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{4}");
    private static final Pattern NOM = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,100}");
    private static final Pattern SIREN = Pattern.compile("[0-9]{9}");
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern ADRESSE =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})*");
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{8,200}");
    private static final Pattern CLE_PUBLIQUE =
            Pattern.compile("(ssh-|ecdsa-|sk-)\\S+ [A-Za-z0-9+/]+={0,3}( [^\\p{Cntrl}]*)?");
    private static final Pattern PLACE = Pattern.compile("\\{[^}]*}?|}");
    private static final Set<String> PLACES = Set.of("{OI}", "{OC}", "{FLUX}", "{VERSION}", "{AAAAMMJJ}", "{NNNN}");
    private static final String DEFINI = "Defini";

    private final Annuaire annuaire;
    private final Catalogue catalogue;
    private final TrousseauDeCles trousseau;
    private final PasswordEncoder encoder;
    private final Coffre coffre;
    private final Gestes gestes;
    private final Transactions transactions;
    private final ObjectMapper json;

    Fiches(
            Annuaire annuaire,
            Catalogue catalogue,
            TrousseauDeCles trousseau,
            PasswordEncoder encoder,
            Coffre coffre,
            Gestes gestes,
            Transactions transactions,
            ObjectMapper json) {
        this.annuaire = annuaire;
        this.catalogue = catalogue;
        this.trousseau = trousseau;
        this.encoder = encoder;
        this.coffre = coffre;
        this.gestes = gestes;
        this.transactions = transactions;
        this.json = json;
    }

    /** A sheet without its secrets: whether they are set is told, nothing more. */
    ObjectNode show(Operateur operateur) {
        ObjectNode sheet = json.valueToTree(operateur.withSecrets(null, null, null));
        sheet.remove("contrat");
        if (operateur.sftp() != null) {
            Sftp account = operateur.sftp();
            ObjectNode sftp = sheet.putObject("sftp");
            sftp.put("login", account.login());
            sftp.put("motDePasse" + DEFINI, account.motDePasse() != null);
            sftp.set("clesPubliques", json.valueToTree(account.clesPubliques()));
        }
        if (operateur.soap() != null) {
            Soap account = operateur.soap();
            ObjectNode soap = sheet.putObject("soap");
            soap.put("login", account.login());
            soap.put("motDePasse" + DEFINI, account.motDePasse() != null);
            soap.set("certificats", json.valueToTree(account.certificats()));
            soap.put("motDePasseSortant" + DEFINI, account.motDePasseSortant() != null);
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
        Optional<Operateur> known = annuaire.find(code);
        Operateur sheet = read(code, body, known.orElse(null));
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

    private Operateur read(String code, JsonNode body, Operateur known) {
        Lecture lecture = new Lecture(json);
        List<Faute> fautes = lecture.fautes();
        FicheEcrite said = lecture.read(body, FicheEcrite.class);
        expect(CODE.matcher(code).matches(), "/code", "code", fautes);
        if (body.isObject()) {
            expect(said.code() == null || said.code().equals(code), "/code", "code-autre", fautes, code);
            expect(said.nom() != null && NOM.matcher(said.nom()).matches(), "/nom", "nom", fautes);
            expect(said.siren() != null && SIREN.matcher(said.siren()).matches(), "/siren", "siren", fautes);
            versions(said.versions(), fautes);
        }
        Operateur sheet = new Operateur(
                code,
                said.nom() == null ? null : said.nom().strip(),
                said.siren(),
                said.actif(),
                said.versions(),
                sftp(code, body, said.sftp(), known == null ? null : known.sftp(), fautes),
                key(code, body, said.cleApi(), known == null ? null : known.cleApi(), fautes),
                said.contrat(),
                soap(code, body, said.soap(), known == null ? null : known.soap(), fautes));
        if (body.isObject()) {
            check(sheet, fautes);
        }
        if (!fautes.isEmpty()) {
            throw Probleme.invalid(fautes);
        }
        return sheet;
    }

    /** One fault a place: what cannot be read is not judged as well. */
    private static boolean expect(boolean sound, String where, String code, List<Faute> fautes, Object... arguments) {
        if (!sound && fautes.stream().noneMatch(faute -> faute.pointeur().equals(where))) {
            fautes.add(new Faute(where, code, arguments));
        }
        return sound;
    }

    private void versions(Map<String, String> versions, List<Faute> fautes) {
        if (versions != null) {
            versions.forEach((protocole, version) -> expect(
                    catalogue.find(protocole, version).isPresent(),
                    Faute.under("/versions", protocole),
                    "version",
                    fautes,
                    protocole,
                    version));
        }
    }

    private Sftp sftp(String code, JsonNode body, FicheEcrite.Sftp said, Sftp known, List<Faute> fautes) {
        if (!body.has("sftp")) {
            return known;
        }
        if (said == null) {
            return null;
        }
        String login = said.login();
        if (expect(login != null && LOGIN.matcher(login).matches(), "/sftp/login", "login", fautes)) {
            expect(
                    annuaire.list().stream()
                            .noneMatch(other -> !other.code().equals(code)
                                    && other.sftp() != null
                                    && login.equals(other.sftp().login())),
                    "/sftp/login",
                    "login-pris",
                    fautes);
        }
        String hash = known == null ? null : known.motDePasse();
        if (body.get("sftp").has("motDePasse")) {
            hash = hash(said.motDePasse(), hash, "/sftp/motDePasse", fautes);
        }
        List<String> keys = new ArrayList<>();
        for (String key : said.clesPubliques() == null ? List.<String>of() : said.clesPubliques()) {
            expect(
                    CLE_PUBLIQUE.matcher(key.strip()).matches(),
                    "/sftp/clesPubliques/" + keys.size(),
                    "cle-publique",
                    fautes);
            keys.add(key.strip());
        }
        return new Sftp(login, hash, keys);
    }

    private Soap soap(String code, JsonNode body, FicheEcrite.Soap said, Soap known, List<Faute> fautes) {
        if (!body.has("soap")) {
            return known;
        }
        if (said == null) {
            return null;
        }
        String login = said.login();
        if (login != null && expect(LOGIN.matcher(login).matches(), "/soap/login", "login", fautes)) {
            expect(
                    annuaire.list().stream()
                            .noneMatch(other -> !other.code().equals(code)
                                    && other.soap() != null
                                    && login.equals(other.soap().login())),
                    "/soap/login",
                    "login-pris",
                    fautes);
        }
        String hash = known == null ? null : known.motDePasse();
        if (body.get("soap").has("motDePasse")) {
            hash = hash(said.motDePasse(), hash, "/soap/motDePasse", fautes);
        }
        List<String> certificats = said.certificats() == null ? List.of() : said.certificats();
        for (int i = 0; i < certificats.size(); i++) {
            expect(certificate(certificats.get(i)), "/soap/certificats/" + i, "certificat", fautes);
        }
        String sealed = known == null ? null : known.motDePasseSortant();
        if (body.get("soap").has("motDePasseSortant")) {
            sealed = seal(said.motDePasseSortant(), sealed, fautes);
        }
        return new Soap(login, hash, certificats, sealed);
    }

    private static boolean certificate(String told) {
        if (told.replace(":", "").matches("[0-9A-Fa-f]{64}")) {
            return true;
        }
        try {
            return !new X500Principal(told).getName().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The hash of a password; the one we have, when it is the same password. */
    private String hash(String clear, String known, String where, List<Faute> fautes) {
        if (!secret(clear, where, fautes)) {
            return null;
        }
        return known != null && encoder.matches(clear, known) ? known : encoder.encode(clear);
    }

    /** The password that we give to the operator's own service, which we must be able to say again. */
    private String seal(String clear, String known, List<Faute> fautes) {
        if (!secret(clear, "/soap/motDePasseSortant", fautes)) {
            return null;
        }
        return known != null && coffre.holds(known, clear) ? known : coffre.seal(clear);
    }

    /** The hash of the REST key. */
    private String key(String code, JsonNode body, String clear, String known, List<Faute> fautes) {
        if (!body.has("cleApi")) {
            return known;
        }
        if (!secret(clear, "/cleApi", fautes)) {
            return null;
        }
        String hash = Empreinte.of(clear);
        boolean taken =
                annuaire.list().stream().anyMatch(other -> !other.code().equals(code) && hash.equals(other.cleApi()));
        expect(!taken && !trousseau.ours(hash), "/cleApi", "cle-prise", fautes);
        return hash;
    }

    private static boolean secret(String clear, String where, List<Faute> fautes) {
        return clear != null && expect(SECRET.matcher(clear).matches(), where, "secret", fautes);
    }

    /** What one value alone does not show. */
    private void check(Operateur operateur, List<Faute> fautes) {
        Contrat contrat = operateur.contrat();
        String where = "/contrat/";
        if (!contrat.encodageEntrant().equals("auto")) {
            charset(where + "encodageEntrant", contrat.encodageEntrant(), false, fautes);
        }
        if (contrat.encodageSortant() != null) {
            charset(where + "encodageSortant", contrat.encodageSortant(), true, fautes);
        }
        boolean needed = contrat.canal().equals("DOSSIER");
        folder(where + "dossierEntrant", contrat.dossierEntrant(), needed, fautes);
        folder(where + "dossierSortant", contrat.dossierSortant(), needed, fautes);
        expect(
                contrat.dossierEntrant() == null || !contrat.dossierEntrant().equals(contrat.dossierSortant()),
                where + "dossierSortant",
                "dossier-meme",
                fautes);
        mail(operateur, where + "mail/", fautes);
        template(where + "nomFichier", contrat.nomFichier(), fautes);
        contrat.nomsFichiers().forEach((flux, template) -> {
            String at = Faute.under(where + "nomsFichiers", flux);
            expect(pages(flux).findAny().isPresent(), at, "flux", fautes, flux);
            template(at, template, fautes);
        });
        contrat.colonnes().forEach((flux, surcharge) -> columns(operateur, flux, surcharge, fautes));
        hours(where + "horaires/traitement", contrat.horaires().traitement(), fautes);
        hours(where + "horaires/emission", contrat.horaires().emission(), fautes);
    }

    /** An address tells one operator; who is written to has one. */
    private void mail(Operateur operateur, String where, List<Faute> fautes) {
        Contrat.Mail mail = operateur.contrat().mail();
        for (int i = 0; i < mail.adresses().size(); i++) {
            String address = mail.adresses().get(i);
            String at = where + "adresses/" + i;
            expect(ADRESSE.matcher(address).matches(), at, "adresse", fautes);
            expect(
                    annuaire.list().stream()
                            .noneMatch(other -> !other.code().equals(operateur.code())
                                    && other.contrat().mail().writesFrom(address)),
                    at,
                    "adresse-prise",
                    fautes);
        }
        Map<String, Optional<String>> others = Map.of(
                "sav", Optional.ofNullable(mail.sav()),
                "prevenance", Optional.ofNullable(mail.prevenance()),
                "dommage", Optional.ofNullable(mail.dommage()),
                "acces", Optional.ofNullable(mail.acces()));
        others.forEach((kind, address) ->
                expect(address.isEmpty() || ADRESSE.matcher(address.get()).matches(), where + kind, "adresse", fautes));
        expect(!mail.adresses().isEmpty() || !writtenTo(operateur), where + "adresses", "adresse-manque", fautes);
    }

    private boolean writtenTo(Operateur operateur) {
        return operateur.contrat().canal().equals("MAIL")
                || catalogue.pages().stream()
                        .filter(page ->
                                page.version().equals(operateur.versions().get(page.protocole())))
                        .anyMatch(page -> page.fichiers().canal().equals(Optional.of("MAIL")));
    }

    private static void hours(String where, List<String> plages, List<Faute> fautes) {
        for (int i = 0; i < plages.size(); i++) {
            try {
                Plage.read(plages.get(i));
            } catch (IllegalArgumentException e) {
                fautes.add(new Faute(where + "/" + i, "plage"));
            }
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
        expect(folder == null ? !needed : plain(folder), where, "dossier", fautes);
    }

    private static boolean plain(String folder) {
        try {
            Path path = Path.of(folder);
            return path.isAbsolute() && path.normalize().equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void template(String where, String template, List<Faute> fautes) {
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
        expect(counted && plain && visible && known, where, "nom-fichier", fautes);
    }

    private Stream<Page> pages(String flux) {
        return catalogue.pages().stream()
                .filter(page -> page.findFlux(flux).isPresent() && page.grille().isEmpty());
    }

    /** Held against the version that the operator speaks: the only one whose columns its contract changes. */
    private void columns(Operateur operateur, String flux, SurchargeFeuille surcharge, List<Faute> fautes) {
        String where = Faute.under("/contrat/colonnes", flux);
        expect(pages(flux).findAny().isPresent(), where, "flux", fautes, flux);
        List<Page> spoken = pages(flux)
                .filter(page -> page.version().equals(operateur.versions().get(page.protocole())))
                .toList();
        Set<String> told = new LinkedHashSet<>();
        for (Page page : spoken) {
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
