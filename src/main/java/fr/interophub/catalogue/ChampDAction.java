package fr.interophub.catalogue;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A field of a protocol whose messages are calls of a service (spec SAV §b): one row of {@code champs.csv}.
 *
 * @param nom letter for letter
 * @param alias other names under which it is read
 * @param niveau the level of the message that it stands in
 * @param longueur the most characters it may have; 0: no bound
 * @param valeurs the values it may have; none: any
 * @param regles per column of the matrix, what it must be there
 * @param preuve where the row comes from
 */
public record ChampDAction(
        String nom,
        List<String> alias,
        String niveau,
        Type type,
        int longueur,
        List<String> valeurs,
        Map<String, Regle> regles,
        String preuve) {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int SIREN = 9;

    /** What a value looks like. */
    public enum Type {
        TEXTE("texte"),
        ENTIER("entier"),
        /** {@code xs:dateTime}; without offset it is of Paris. */
        DATE_HEURE("date-heure"),
        /** {@code xs:duration}. */
        DUREE("duree"),
        /** Nine digits. */
        SIREN("siren");

        private final String mot;

        Type(String mot) {
            this.mot = mot;
        }

        static Type read(String text) {
            for (Type type : values()) {
                if (type.mot.equals(text)) {
                    return type;
                }
            }
            throw new IllegalArgumentException("type « %s » inconnu".formatted(text));
        }

        @Override
        public String toString() {
            return mot;
        }
    }

    /** What a cell of the matrix asks. */
    public enum Obligation {
        OBLIGATOIRE("O"),
        FACULTATIF("F"),
        INTERDIT("X"),
        /** Forbidden, and refused even where other forbidden fields are ignored. */
        EXCLU("X!"),
        /** It may be said again, and must then be what is known. */
        RAPPEL("="),
        /** It depends: {@link Regle#condition()} says on what. */
        CONDITIONNEL("C"),
        /** The column does not know it. */
        SANS_OBJET("-");

        private final String signe;

        Obligation(String signe) {
            this.signe = signe;
        }

        @Override
        public String toString() {
            return signe;
        }
    }

    /**
     * One cell of the matrix: {@code O}, {@code F:ERR07}, {@code C4}.
     *
     * @param condition the name of the condition, for {@link Obligation#CONDITIONNEL}
     * @param valeur the one value that is expected, or {@value #COURANT}; null: any
     */
    public record Regle(Obligation obligation, String condition, String valeur) {

        /** The expected value is the one that is known. */
        public static final String COURANT = "COURANT";

        private static final Regle AUCUNE = new Regle(Obligation.SANS_OBJET, null, null);

        static Regle read(String text) {
            int colon = text.indexOf(':');
            String sign = colon < 0 ? text : text.substring(0, colon);
            String value = colon < 0 ? null : text.substring(colon + 1).trim();
            if (sign.matches("C[0-9]+")) {
                return new Regle(Obligation.CONDITIONNEL, sign, value);
            }
            for (Obligation obligation : Obligation.values()) {
                if (obligation.signe.equals(sign) && obligation != Obligation.CONDITIONNEL) {
                    return new Regle(obligation, null, value);
                }
            }
            throw new IllegalArgumentException(
                    "cellule « %s », attendu O, F, X, X!, =, - ou C suivi d'un nombre".formatted(text));
        }

        @Override
        public String toString() {
            return (condition == null ? obligation.signe : condition) + (valeur == null ? "" : " " + valeur);
        }
    }

    public ChampDAction {
        alias = List.copyOf(alias);
        valeurs = List.copyOf(valeurs);
        regles = Map.copyOf(regles);
    }

    /** What the cell of a column asks; nothing where there is no cell. */
    public Regle regle(String colonne) {
        return regles.getOrDefault(colonne, Regle.AUCUNE);
    }

    /**
     * Looks at a value that is not empty.
     *
     * @return {@code HORS_LISTE}, {@code FORMAT}, {@code LONGUEUR}, or nothing
     */
    public Optional<String> check(String valeur) {
        if (valeur.indexOf('\0') >= 0 || !formed(valeur)) {
            return Optional.of("FORMAT");
        }
        if (!valeurs.isEmpty() && !valeurs.contains(valeur)) {
            return Optional.of("HORS_LISTE");
        }
        return longueur > 0 && valeur.codePointCount(0, valeur.length()) > longueur
                ? Optional.of("LONGUEUR")
                : Optional.empty();
    }

    private boolean formed(String valeur) {
        try {
            switch (type) {
                case ENTIER -> Integer.parseInt(valeur);
                case DATE_HEURE -> date(valeur);
                case DUREE -> Duration.parse(valeur);
                default -> {}
            }
        } catch (DateTimeException | NumberFormatException e) {
            return false;
        }
        return type != Type.SIREN || siren(valeur);
    }

    /** Nine digits. */
    public static boolean siren(String text) {
        return text.length() == SIREN && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /**
     * A date as {@code xs:dateTime} writes it; without offset it is of Paris.
     *
     * @throws DateTimeException when it is none
     */
    public static OffsetDateTime date(String text) {
        var read = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return read instanceof OffsetDateTime exact
                ? exact
                : ((LocalDateTime) read).atZone(PARIS).toOffsetDateTime();
    }
}
