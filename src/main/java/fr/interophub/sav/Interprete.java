package fr.interophub.sav;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.ChampDAction;
import fr.interophub.catalogue.ChampDAction.Type;
import fr.interophub.catalogue.Correspondance;
import fr.interophub.catalogue.Grille;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says as a call what an OC's line of SAV 1.0a says, and as a line what the OI decides in a call, by the page's {@code
 * correspondance.csv} and nothing else (spec SAV §g).
 */
final class Interprete {

    private static final String VERSION = "1.0a";

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd HH:mm");
    private static final Pattern CITATION = Pattern.compile("\\{([A-Za-z0-9]+)}");

    /** What may stand between several dates; the sources do not say. */
    private static final String SEPARATEURS = "[/|,;]";

    private static final int MONTRE = 80;

    /**
     * What a line says.
     *
     * @param action empty for what no other version says: a person decides
     * @param fautes why it says nothing; none: it does
     */
    record Compris(String action, Map<String, String> champs, List<Anomalie> fautes) {}

    private final Page page;
    private final Grille grille;

    /** @param grille the fields of the version that lines are said in */
    Interprete(Catalogue catalogue, Grille grille) {
        this.page = catalogue.page(Signalisations.PROTOCOLE, VERSION);
        this.grille = grille;
    }

    /** Does it speak to us by lines? */
    static boolean speaks(Operateur oc) {
        return VERSION.equals(oc.versions().get(Signalisations.PROTOCOLE));
    }

    Page page() {
        return page;
    }

    private Stream<Correspondance> said(Role emetteur) {
        return page.correspondances().stream().filter(one -> one.emetteur() == emetteur);
    }

    private List<Correspondance> heard(Ligne ligne) {
        return said(Role.OC)
                .filter(one -> one.flux().equals(ligne.feuille().flux().code()))
                .toList();
    }

    /** The column that says a field; empty for one that no column of this flux says. */
    Optional<String> colonne(Ligne ligne, String champ) {
        return heard(ligne).stream()
                .filter(one -> !one.colonne().isEmpty() && one.champs().contains(champ))
                .map(Correspondance::colonne)
                .findFirst();
    }

    // What an OC's line says

    Compris hear(Ligne ligne) {
        List<Correspondance> all = heard(ligne);
        List<Anomalie> fautes = new ArrayList<>();
        unlisted(ligne, all, fautes);
        Map<String, String> champs = new LinkedHashMap<>();
        String action = null;
        for (Correspondance one : all) {
            String valeur = one.colonne().isEmpty() ? "" : ligne.get(one.colonne());
            boolean applies = one.si().holds(ligne::get)
                    && (one.colonne().isEmpty() || !valeur.isEmpty())
                    && (one.ecrit().isEmpty() || one.writes(valeur));
            if (applies) {
                action = action == null || one.action().isEmpty() ? one.action() : action;
                put(one, valeur, champs, fautes);
            }
        }
        return new Compris(action == null ? "" : action, champs, fautes);
    }

    /** Values that are none of those that the page lists for their column. */
    private static void unlisted(Ligne ligne, List<Correspondance> all, List<Anomalie> fautes) {
        Map<String, List<Correspondance>> listed = all.stream()
                .filter(one -> !one.ecrit().isEmpty())
                .collect(Collectors.groupingBy(Correspondance::colonne, LinkedHashMap::new, Collectors.toList()));
        listed.forEach((colonne, rows) -> {
            String valeur = ligne.get(colonne);
            if (!valeur.isEmpty() && rows.stream().noneMatch(one -> one.writes(valeur))) {
                fautes.add(faute(
                        colonne,
                        valeur,
                        "HORS_LISTE",
                        "attendu l'une des valeurs "
                                + rows.stream()
                                        .map(Correspondance::ecrit)
                                        .distinct()
                                        .collect(Collectors.joining(", "))));
            }
        });
    }

    private void put(Correspondance one, String valeur, Map<String, String> champs, List<Anomalie> fautes) {
        if (!one.vaut().isEmpty()) {
            one.champs().forEach(champ -> champs.put(champ, one.vaut()));
        } else if (one.champs().stream().anyMatch(this::date)) {
            dates(one, valeur, champs, fautes);
        } else {
            one.champs().forEach(champ -> champs.put(champ, valeur));
        }
    }

    private boolean date(String champ) {
        return grille.champ(champ).map(ChampDAction::type).equals(Optional.of(Type.DATE_HEURE));
    }

    /** As many dates as there are fields; of fewer the last is said again, since the other version wants them all. */
    private static void dates(Correspondance one, String valeur, Map<String, String> champs, List<Anomalie> fautes) {
        List<String> dates =
                Stream.of(valeur.split(SEPARATEURS)).map(String::strip).toList();
        try {
            List<String> read = dates.stream().map(Interprete::read).toList();
            if (read.size() <= one.champs().size()) {
                for (int i = 0; i < one.champs().size(); i++) {
                    champs.put(one.champs().get(i), read.get(Math.min(i, read.size() - 1)));
                }
                return;
            }
        } catch (DateTimeException notADate) {
            // Told below, with the value.
        }
        fautes.add(faute(
                one.colonne(),
                valeur,
                "FORMAT",
                one.champs().size() == 1
                        ? "attendu une date AAAAMMJJ ou AAAAMMJJ hh:mm"
                        : "attendu de une à %d dates AAAAMMJJ hh:mm, séparées par /"
                                .formatted(one.champs().size())));
    }

    private static String read(String date) {
        LocalDateTime read = LocalDateTime.parse(date.length() == 8 ? date + " 00:00" : date, DATE);
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(read.atZone(PARIS));
    }

    private static Anomalie faute(String colonne, String valeur, String regle, String attendu) {
        String shown = valeur.length() <= MONTRE ? valeur : valeur.substring(0, MONTRE - 1) + "…";
        return new Anomalie(
                colonne,
                shown,
                regle,
                Optional.of("INCORRECT"),
                "%s : « %s » lu, %s".formatted(colonne, shown, attendu));
    }

    // What the OI decides

    /** Has the page something to say of this action, were it that nothing leaves? */
    boolean knows(String action) {
        return said(Role.OI).anyMatch(one -> one.action().equals(action));
    }

    /** The line that says it; empty where nothing leaves, or where no line can say it ({@link #knows}). */
    Optional<Ligne> tell(Operateur oc, Dit dit) {
        List<Correspondance> rows = said(Role.OI)
                .filter(one -> one.action().equals(dit.flux()) && !one.flux().isEmpty())
                .toList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> colonnes = new LinkedHashMap<>();
        for (Correspondance one : rows) {
            if (!colonnes.containsKey(one.colonne()) && one.si().holds(dit::get)) {
                value(one, dit)
                        .filter(valeur -> !valeur.isEmpty())
                        .ifPresent(valeur -> colonnes.put(one.colonne(), valeur));
            }
        }
        return Optional.of(Feuilles.of(page, rows.get(0).flux(), oc).ligne(0, colonnes));
    }

    private Optional<String> value(Correspondance one, Dit dit) {
        if (one.champs().isEmpty()) {
            return Optional.of(CITATION.matcher(one.ecrit())
                    .replaceAll(cited -> Matcher.quoteReplacement(written(cited.group(1), dit))));
        }
        String champ = one.champs().get(0);
        if (one.vaut().isEmpty()) {
            return Optional.of(written(champ, dit));
        }
        return Optional.of(one.ecrit()).filter(ecrit -> one.vaut().equals(dit.get(champ)));
    }

    /** A value as lines write it: dates in their own form, the label of a closure without its code. */
    private String written(String champ, Dit dit) {
        String valeur = dit.get(champ);
        if (date(champ) && !valeur.isEmpty()) {
            return DATE.format(ChampDAction.date(valeur).atZoneSameInstant(PARIS));
        }
        return champ.equals(Champs.LIBELLE) ? valeur.substring(valeur.indexOf('#') + 1) : valeur;
    }
}
