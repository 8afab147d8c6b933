package fr.interophub.acces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Role;
import fr.interophub.operateur.Contrat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A second reading of the order's state table, for those who doubt the first: the page's text is read as it is written, and
 * what the conditions ask is looked up in all that was said, from the beginning, at each step. It shares nothing with
 * {@code PageReader}, {@code Cycle}, {@code Suivi} and {@code Faits}.
 */
final class LectureNaive {

    /** A line of the table as it is written. */
    record Passage(int ligne, String id, Set<String> en, String sur, Map<String, String> exits, List<String> si) {
        @Override
        public String toString() {
            return "%s (ligne %d), %s en %s".formatted(id, ligne, sur, en);
        }
    }

    /** What someone says of the order. */
    record Dit(Role role, String flux, Issue issue, Map<String, String> champs) {
        String exit() {
            return issue == null ? "vers" : issue == Issue.OK ? "ok" : "ko";
        }
    }

    static final List<Passage> TABLE = read();

    private final Contrat contrat;
    private final List<Dit> dits = new ArrayList<>();

    /** The states gone through, {@code NEANT} first: one more than what was said. */
    private final List<String> etats = new ArrayList<>(List.of("NEANT"));

    LectureNaive(Contrat contrat) {
        this.contrat = contrat;
    }

    private static List<Passage> read() {
        try (var text = LectureNaive.class.getResourceAsStream("/catalogue/acces-1.2.yaml")) {
            JsonNode page = new YAMLMapper().readTree(text);
            Set<String> open = new LinkedHashSet<>();
            Set<String> all = new LinkedHashSet<>();
            page.path("etats").path("commande").forEach(etat -> {
                all.add(etat.path("etat").asText());
                if (!etat.path("final").asBoolean()) {
                    open.add(etat.path("etat").asText());
                }
            });
            List<Passage> table = new ArrayList<>();
            for (JsonNode line : page.path("cycle").path("commande")) {
                Set<String> en = new LinkedHashSet<>();
                for (String word : words(line.path("en"))) {
                    en.addAll(word.equals("OUVERT") ? open : word.equals("TOUT") ? all : Set.of(word));
                }
                Map<String, String> exits = new HashMap<>();
                for (String exit : List.of("vers", "ok", "ko")) {
                    if (line.has(exit)) {
                        exits.put(exit, line.path(exit).asText());
                    }
                }
                table.add(new Passage(
                        table.size() + 1,
                        line.path("id").asText(),
                        en,
                        line.path("sur").asText(),
                        exits,
                        words(line.path("si"))));
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(JsonNode node) {
        List<String> words = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(word -> words.add(word.asText()));
        } else if (!node.isMissingNode()) {
            words.add(node.asText());
        }
        return words;
    }

    String etat() {
        return etats.get(etats.size() - 1);
    }

    /** The state before the present one. */
    private String avant() {
        for (int i = etats.size() - 1; i >= 0; i--) {
            if (!etats.get(i).equals(etat())) {
                return etats.get(i);
            }
        }
        return "NEANT";
    }

    /** The line of the table by which this may be said now. */
    Optional<Passage> admits(Dit dit) {
        return TABLE.stream()
                .filter(passage -> passage.en().contains(etat())
                        && passage.sur().equals(dit.flux())
                        && passage.exits().containsKey(dit.exit())
                        && passage.si().stream().allMatch(si -> holds(si, dit)))
                .findFirst();
    }

    /** Notes what was said, and goes where a line of the table leads. */
    void say(Dit dit, Passage passage) {
        String exit = passage.exits().get(dit.exit());
        String next = exit.equals("INCHANGE") ? etat() : exit.equals("PRECEDENT") ? avant() : exit;
        dits.add(dit);
        etats.add(next);
    }

    /** Where a flux was said last, from 1; 0 if never. */
    private int last(String flux) {
        for (int i = dits.size(); i > 0; i--) {
            if (dits.get(i - 1).flux().equals(flux)) {
                return i;
            }
        }
        return 0;
    }

    private String commande(String champ) {
        return dits.get(0).champs().getOrDefault(champ, "");
    }

    private boolean existing() {
        return commande("PriseExistante").equals("O");
    }

    private boolean holds(String si, Dit dit) {
        if (si.startsWith("pas ")) {
            return !holds(si.substring(4), dit);
        }
        Map<String, String> champs = dit.champs();
        return switch (si) {
            case "modele-OI", "modele-STOC", "modele-OC" -> si.equals("modele-" + commande("TypeRacco"));
            case "a-construire" -> !existing();
            case "identifiee" -> existing() && !commande("ReferencePrise").isEmpty();
            case "non-identifiee" -> existing() && commande("ReferencePrise").isEmpty();
            case "route-reelle" -> !"HOTLINE".equals(champs.get("ReferencePrise"));
            case "route-hotline" -> "HOTLINE".equals(champs.get("ReferencePrise"));
            case "reprov-chaud" -> "CHAUD".equals(champs.get("TypeReprov"));
            case "reprov-froid" -> "FROID".equals(champs.get("TypeReprov"));
            case "operation-annul" -> "ANNUL".equals(champs.get("TypeOperation"));
            case "operation-resil" -> "RESIL".equals(champs.get("TypeOperation"));
            case "emis-par-OI" -> dit.role() == Role.OI;
            case "emis-par-OC" -> dit.role() == Role.OC;
            case "stoc-ouvert" -> last("Cmd_STOC") > last("CR_STOC");
            case "apres-echec-stoc" -> avant().equals("STOC_EN_ECHEC");
            case "pto-a-poser" -> last("CR_STOC") == 0 ? !existing() : stillToInstall(dits.get(last("CR_STOC") - 1));
            case "prestation-connue" ->
                dits.stream()
                        .anyMatch(said ->
                                said.role() == Role.OI && said.champs().containsKey("ReferencePrestationPrise"));
            case "annulation-en-cours" -> last("Annulation_Acces") > last("CR_Annulation_Acces");
            case "cr-ko-avec-annulation" -> contrat.crKoAvecAnnulation() && last("CR_Cmd_Acces") == 0;
            default -> throw new AssertionError("condition inconnue de ce test : " + si);
        };
    }

    private static boolean stillToInstall(Dit crStoc) {
        return crStoc.issue() == Issue.KO
                && "NON".equals(crStoc.champs().get("PrisePosee"))
                && !crStoc.champs()
                        .getOrDefault("MotifKoCrRaccordementPrise", "")
                        .contains("PTO EXISTANTE");
    }
}
