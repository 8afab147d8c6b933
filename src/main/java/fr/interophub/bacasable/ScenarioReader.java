package fr.interophub.bacasable;

import fr.interophub.bacasable.Scenario.Commande;
import fr.interophub.bacasable.Scenario.Fichier;
import fr.interophub.bacasable.Scenario.Geste;
import fr.interophub.bacasable.Scenario.Parc;
import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.bacasable.Scenario.Prose;
import fr.interophub.bacasable.Scenario.Step;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Role;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one scénario. A line it does not understand is a fault named with its file and line: otherwise a typing error
 * would be a pass.
 */
final class ScenarioReader {

    private static final Pattern COMMANDE = Pattern.compile("commande\\s+([A-Z])(?:\\s+\\((.*)\\))?");
    private static final Pattern STEP = Pattern.compile("([ivxlcdm]+)\\)\\s+(.*)");
    private static final Pattern ENSEMBLE = Pattern.compile("(.*\\S)\\s+&");
    private static final Pattern PROSE = Pattern.compile("--\\s+(.*)");
    private static final Pattern PLUS_TARD = Pattern.compile("(\\d{1,4}) jours plus tard.*");
    private static final Pattern NON_OBSERVABLE = Pattern.compile("non observable : (.+)");
    private static final Pattern FICHIER = Pattern.compile("OC\\s+fichier\\s+(\\S+)");
    private static final Pattern PARC = Pattern.compile("SI\\s+parc(?:\\s+(.*))?");
    private static final Pattern SPOKEN = Pattern.compile("(OC|OI|HUB)\\s+([A-Za-z_]+)(?:\\s+(OK|KO))?(?:\\s+(.*))?");
    private static final Pattern ETAT = Pattern.compile("=>\\s*(RDV\\s+)?([A-Z][A-Z_.]*)");
    private static final Pattern CONTRAT = Pattern.compile("contrat\\s+(\\{.*\\})");
    private static final Pattern REFUS = Pattern.compile("(.*?)\\s*!!\\s*([A-Z][A-Z0-9_]*)");
    private static final String WORD = "(?:\"((?:[^\"]|\"\")*)\"|([^\\s=\"]*))";
    private static final Pattern CHAMP = Pattern.compile("\\G\\s*" + WORD + "=" + WORD + "(?=\\s|$)");

    private static final String PREMIERE = "A";

    private final String fichier;
    private final String id;
    private int ligne;
    private String titre;
    private Modele modele;
    private CasPto cas;
    private String paragraphe = "";
    private boolean auDela;
    private Optional<String> contrat = Optional.empty();
    private Optional<String> nonObservable = Optional.empty();
    private String courante = PREMIERE;
    private final Map<String, Commande> commandes = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();

    ScenarioReader(String fichier) {
        this.fichier = fichier;
        this.id = fichier.substring(fichier.lastIndexOf('/') + 1).replaceFirst("\\.txt$", "");
    }

    Scenario read(String texte) {
        String propre = Normalizer.normalize(texte, Normalizer.Form.NFC);
        for (String brute : (propre.startsWith("\uFEFF") ? propre.substring(1) : propre).split("\\R", -1)) {
            ligne++;
            readLine(brute.strip());
        }
        require(titre != null, "la première ligne doit dire « # " + id + " — titre »");
        require(modele != null, "il manque la ligne « modèle »");
        require(cas != null, "il manque la ligne « pto »");
        require(steps.stream().anyMatch(s -> !(s.geste() instanceof Prose)), "aucune étape");
        Step last = steps.get(steps.size() - 1);
        require(last.situe(), "il manque l'état final « => ETAT »");
        require(!last.ensemble(), "« & » annonce une étape de plus");
        for (String nom : commandes.keySet()) {
            require(
                    steps.stream().anyMatch(s -> s.commande().equals(nom) && s.situe()),
                    "il manque un état « => ETAT » à la commande " + nom);
        }
        return new Scenario(
                id, titre, paragraphe, auDela, nonObservable, contrat, List.copyOf(commandes.values()), steps);
    }

    private void readLine(String texte) {
        if (texte.isEmpty()) {
            return;
        }
        if (texte.startsWith("#")) {
            readComment(texte.substring(1).strip());
        } else if (texte.startsWith("modèle ")) {
            require(modele == null && steps.isEmpty(), "« modèle » se dit une fois, avant les étapes");
            modele = readModele(texte.substring(7).strip());
            open();
        } else if (texte.startsWith("pto ")) {
            require(cas == null && steps.isEmpty(), "« pto » se dit une fois, avant les étapes");
            cas = readCas(texte.substring(4).strip());
            open();
        } else if (texte.startsWith("contrat ")) {
            Matcher m = CONTRAT.matcher(texte);
            require(
                    m.matches() && contrat.isEmpty() && steps.isEmpty(),
                    "« contrat {…} » se dit une fois, avant les étapes");
            contrat = Optional.of(m.group(1));
        } else if (texte.startsWith("commande ")) {
            readCommande(texte);
        } else if (texte.startsWith("=>")) {
            readEtat(texte);
        } else {
            readStep(texte);
        }
    }

    private void readComment(String texte) {
        if (titre == null) {
            String[] parts = texte.split(" — ", 2);
            require(parts.length == 2 && parts[0].equals(id), "le titre doit commencer par le nom du fichier, " + id);
            titre = parts[1].strip();
        }
        auDela |= texte.equals("au-delà du seed");
        if (texte.startsWith("spec ")) {
            paragraphe = texte.substring(5).strip();
        } else if (texte.startsWith("non observable")) {
            Matcher m = NON_OBSERVABLE.matcher(texte);
            require(m.matches(), "« # non observable : » dit ce qui ne se voit pas");
            nonObservable = Optional.of(m.group(1));
        }
    }

    private void open() {
        if (modele != null && cas != null) {
            commandes.put(PREMIERE, new Commande(PREMIERE, 1, modele, cas));
        }
    }

    /** A new order, or a known one that the next steps are about again. */
    private void readCommande(String texte) {
        Matcher m = COMMANDE.matcher(texte);
        require(m.matches(), "commande incomprise : " + texte);
        require(!commandes.isEmpty(), "« modèle » et « pto » viennent avant « commande »");
        courante = m.group(1);
        if (commandes.containsKey(courante)) {
            require(m.group(2) == null, "commande décrite deux fois : " + courante);
            return;
        }
        int oc = 1;
        Modele celui = modele;
        CasPto ceci = cas;
        for (String part : (m.group(2) == null ? "" : m.group(2)).split("\\s*,\\s*")) {
            if (part.matches("OC[1-9]")) {
                oc = part.charAt(2) - '0';
            } else if (part.startsWith("modèle ")) {
                celui = readModele(part.substring(7));
            } else if (part.startsWith("pto ")) {
                ceci = readCas(part.substring(4));
            } else {
                require(part.isEmpty(), "commande incomprise : " + part);
            }
        }
        commandes.put(courante, new Commande(courante, oc, celui, ceci));
    }

    private Modele readModele(String nom) {
        for (Modele m : Modele.values()) {
            if (m.name().equals(nom)) {
                return m;
            }
        }
        throw fault("modèle inconnu : " + nom);
    }

    private CasPto readCas(String nom) {
        return CasPto.find(nom).orElseThrow(() -> fault("pto inconnue : " + nom));
    }

    private void readEtat(String texte) {
        Matcher m = ETAT.matcher(texte);
        require(m.matches(), "état illisible : " + texte);
        require(!steps.isEmpty() && steps.get(steps.size() - 1).commande().equals(courante), "un état suit une étape");
        Step last = steps.remove(steps.size() - 1);
        boolean rdv = m.group(1) != null;
        require((rdv ? last.etatRdv() : last.etat()).isEmpty(), "deux états pour une seule étape");
        steps.add(rdv ? last.withEtatRdv(m.group(2)) : last.withEtat(m.group(2)));
    }

    private void readStep(String texte) {
        Matcher step = STEP.matcher(texte);
        require(step.matches(), "ligne incomprise : " + texte);
        require(!commandes.isEmpty(), "« modèle » et « pto » viennent avant les étapes");
        String numero = step.group(1);
        require(steps.stream().noneMatch(s -> s.numero().equals(numero)), "numéro dit deux fois : " + numero + ")");
        String said = step.group(2);
        Matcher prose = PROSE.matcher(said);
        if (prose.matches()) {
            add(numero, new Prose(prose.group(1), jours(prose.group(1))), false, Optional.empty());
            return;
        }
        Matcher together = ENSEMBLE.matcher(said);
        boolean ensemble = together.matches();
        if (ensemble) {
            said = together.group(1);
        }
        Optional<String> refus = Optional.empty();
        Matcher refused = REFUS.matcher(said);
        if (refused.matches()) {
            said = refused.group(1);
            refus = Optional.of(refused.group(2));
        }
        add(numero, readGeste(said, texte), ensemble, refus);
    }

    private void add(String numero, Geste geste, boolean ensemble, Optional<String> refus) {
        steps.add(new Step(ligne, numero, courante, geste, ensemble, refus, Optional.empty(), Optional.empty()));
    }

    private static int jours(String prose) {
        Matcher m = PLUS_TARD.matcher(prose);
        return m.matches() ? Integer.parseInt(m.group(1)) : prose.startsWith("le lendemain") ? 1 : 0;
    }

    private Geste readGeste(String said, String texte) {
        Matcher file = FICHIER.matcher(said);
        if (file.matches()) {
            return new Fichier(file.group(1));
        }
        Matcher parc = PARC.matcher(said);
        if (parc.matches()) {
            return new Parc(Map.copyOf(readChamps(parc.group(1))));
        }
        Matcher spoken = SPOKEN.matcher(said);
        require(spoken.matches(), "étape incomprise : " + texte);
        Map<String, String> champs = readChamps(spoken.group(4));
        Optional<String> motif = Optional.ofNullable(champs.remove("motif"));
        boolean hub = spoken.group(1).equals("HUB");
        return new Parole(
                hub ? Role.OI : Role.valueOf(spoken.group(1)),
                spoken.group(2),
                Optional.ofNullable(spoken.group(3)).map(Issue::valueOf),
                motif,
                Map.copyOf(champs),
                hub);
    }

    private Map<String, String> readChamps(String said) {
        String texte = said == null ? "" : said;
        Map<String, String> champs = new LinkedHashMap<>();
        Matcher m = CHAMP.matcher(texte);
        int end = 0;
        while (m.find()) {
            String nom = word(m.group(1), m.group(2));
            require(!nom.isEmpty(), "champ sans nom : " + texte);
            require(champs.put(nom, word(m.group(3), m.group(4))) == null, "champ dit deux fois : " + nom);
            end = m.end();
        }
        require(
                texte.substring(end).isBlank(),
                "champ incompris : " + texte.substring(end).strip());
        return champs;
    }

    private static String word(String quoted, String bare) {
        return quoted == null ? bare : quoted.replace("\"\"", "\"");
    }

    private void require(boolean ok, String message) {
        if (!ok) {
            throw fault(message);
        }
    }

    private IllegalArgumentException fault(String message) {
        return new IllegalArgumentException(fichier + ", ligne " + Math.max(1, ligne) + " : " + message);
    }
}
