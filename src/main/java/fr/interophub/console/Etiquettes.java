package fr.interophub.console;

import fr.interophub.api.Dossiers;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** States and verdicts as coloured labels, and what they mean in the words of the catalogue. */
public final class Etiquettes {

    /** Final states in which something lives, as opposed to those in which it has failed or is over. */
    private static final Set<String> ABOUTIES = Set.of("EN_SERVICE", "CONFIRME", "RESERVE", "ACCUSEE", "ENREGISTRE");

    private static final List<String> ECHECS = List.of("REJETE", "KO", "ECHEC", "REFUSE", "NON_RECU", "QUARANTAINE");

    private static final Set<String> ATTENTES = Set.of("A_EMETTRE", "A_VERIFIER", "RDV_A_REPRENDRE", "ROUTE_HOTLINE");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss").withZone(ZoneId.of("Europe/Paris"));

    private final Catalogue catalogue;

    Etiquettes(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The colour of a state or of an acheminement: {@code reussi}, {@code echec}, {@code attente}, {@code fini}, {@code cours}. */
    public String ton(String etat) {
        if (etat == null) {
            return "fini";
        }
        if (ABOUTIES.contains(etat) || etat.equals("OK") || etat.equals("EMIS") || etat.equals("ACQUITTE")) {
            return "reussi";
        }
        if (ECHECS.stream().anyMatch(etat::contains)) {
            return "echec";
        }
        if (ATTENTES.contains(etat)) {
            return "attente";
        }
        return terminal(etat) || etat.equals("ECARTE") || etat.equals("RECU") ? "fini" : "cours";
    }

    private boolean terminal(String etat) {
        return catalogue.pages().stream()
                .anyMatch(page -> page.objets().stream()
                        .anyMatch(objet -> page.etats(objet).contains(etat) && page.terminal(objet, etat)));
    }

    /** What a state means; empty when its page is no longer in the catalogue. */
    public String sens(String protocole, String version, String objet, String etat) {
        Optional<Page> page = catalogue.find(protocole, version);
        try {
            return page.map(found -> found.libelleEtat(objet, etat)).orElse("");
        } catch (NoSuchElementException unknownState) {
            return "";
        }
    }

    /** What a message speaks of, as it says it; empty when it does not. */
    public String reference(Dossiers.MessageVue message) {
        return catalogue.pages().stream()
                .flatMap(page -> page.findFlux(message.flux()).stream())
                .map(flux -> message.champs().getOrDefault(flux.reference(), ""))
                .findFirst()
                .orElse("");
    }

    /** A date as people read it, in Paris. */
    public String date(TemporalAccessor date) {
        return date == null ? "" : DATE.format(date);
    }

    /** A date that a message says, {@code AAAAMMJJ hh:mm}, as people read it. */
    public String dateDite(String date) {
        return date.replaceFirst("^(\\d{4})(\\d{2})(\\d{2})", "$3/$2/$1");
    }

    /** Every state that a dossier can be in, to choose from. */
    public List<String> etats() {
        return catalogue.pages().stream()
                .flatMap(page -> page.objets().stream().flatMap(objet -> page.etats(objet).stream()))
                .distinct()
                .toList();
    }
}
