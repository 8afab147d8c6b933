package fr.interophub.bacasable;

import fr.interophub.bacasable.Scenario.Parole;
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

    private static final Pattern STEP = Pattern.compile("([ivxlcdm]+)\\)\\s+(.*)");
    private static final Pattern PROSE = Pattern.compile("--\\s+(.*)");
    private static final Pattern SPOKEN = Pattern.compile("(OC|OI)\\s+([A-Za-z_]+)(?:\\s+(OK|KO))?(?:\\s+(.*))?");
    private static final Pattern ETAT = Pattern.compile("=>\\s*([A-Z][A-Z_.]*)");
    private static final Pattern REFUS = Pattern.compile("(.*?)\\s*!!\\s*([A-Z][A-Z0-9_]*)");
    private static final String WORD = "(?:\"((?:[^\"]|\"\")*)\"|([^\\s=\"]*))";
    private static final Pattern CHAMP = Pattern.compile("\\G\\s*" + WORD + "=" + WORD + "(?=\\s|$)");

    private final String fichier;
    private final String id;
    private int ligne;
    private String titre;
    private Modele modele;
    private CasPto cas;
    private boolean auDela;
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
        require(steps.stream().anyMatch(s -> s.dit().isPresent()), "aucune étape");
        require(steps.get(steps.size() - 1).etat().isPresent(), "il manque l'état final « => ETAT »");
        return new Scenario(id, titre, modele, cas, auDela, steps);
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
        } else if (texte.startsWith("pto ")) {
            require(cas == null && steps.isEmpty(), "« pto » se dit une fois, avant les étapes");
            cas = CasPto.find(texte.substring(4).strip()).orElseThrow(() -> fault("pto inconnue : " + texte));
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
    }

    private Modele readModele(String nom) {
        for (Modele m : Modele.values()) {
            if (m.name().equals(nom)) {
                return m;
            }
        }
        throw fault("modèle inconnu : " + nom);
    }

    private void readEtat(String texte) {
        Matcher m = ETAT.matcher(texte);
        require(m.matches(), "état illisible : " + texte);
        require(!steps.isEmpty(), "un état suit une étape");
        Step last = steps.remove(steps.size() - 1);
        require(last.etat().isEmpty(), "deux états pour une seule étape");
        steps.add(last.withEtat(m.group(1)));
    }

    private void readStep(String texte) {
        Matcher step = STEP.matcher(texte);
        require(step.matches(), "ligne incomprise : " + texte);
        String numero = step.group(1);
        require(steps.stream().noneMatch(s -> s.numero().equals(numero)), "numéro dit deux fois : " + numero + ")");
        Matcher prose = PROSE.matcher(step.group(2));
        if (prose.matches()) {
            steps.add(new Step(ligne, numero, Optional.empty(), prose.group(1), Optional.empty(), Optional.empty()));
            return;
        }
        String said = step.group(2);
        Optional<String> refus = Optional.empty();
        Matcher refused = REFUS.matcher(said);
        if (refused.matches()) {
            said = refused.group(1);
            refus = Optional.of(refused.group(2));
        }
        Matcher spoken = SPOKEN.matcher(said);
        require(spoken.matches(), "étape incomprise : " + texte);
        Map<String, String> champs = readChamps(spoken.group(4) == null ? "" : spoken.group(4));
        Optional<String> motif = Optional.ofNullable(champs.remove("motif"));
        Parole parole = new Parole(
                Role.valueOf(spoken.group(1)),
                spoken.group(2),
                Optional.ofNullable(spoken.group(3)).map(Issue::valueOf),
                motif,
                Map.copyOf(champs));
        steps.add(new Step(ligne, numero, Optional.of(parole), "", refus, Optional.empty()));
    }

    private Map<String, String> readChamps(String texte) {
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
