package fr.interophub.catalogue;

import java.util.List;

/**
 * What a value looks like, as the column {@code forme} of a sheet says it (spec Accès 1.2 §1, E10 to E16).
 *
 * @param genre the kind of value
 * @param valeurs the admitted values, canonical spelling, for a list; empty otherwise
 */
public record Forme(Genre genre, List<String> valeurs) {

    /** The kinds of value a sheet knows. */
    public enum Genre {
        /** Any text. */
        TEXTE,
        /** Digits only, leading zeros kept: {@code 06000}. */
        CHIFFRES,
        /** A whole number, sign allowed. */
        ENTIER,
        /** {@code AAAAMMJJ hh:mm}, local time, a date that exists. */
        DATE_HEURE,
        /** {@code AAAAMMJJ}, the hour {@code hh:mm} allowed after a space; a date that exists. */
        DATE,
        /** One letter. */
        LETTRE,
        /** One of a list, read in any case. */
        LISTE
    }

    public static final Forme TEXTE = new Forme(Genre.TEXTE, List.of());

    public Forme {
        valeurs = List.copyOf(valeurs);
    }

    /**
     * Reads the word of the sheet: {@code texte}, {@code chiffres}, {@code entier}, {@code date-heure}, {@code date}, {@code lettre} or a
     * list such as {@code OI|OC|STOC}.
     *
     * @throws IllegalArgumentException when it is none of these (message in French)
     */
    public static Forme read(String text) {
        var word = text.trim();
        switch (word) {
            case "texte":
                return TEXTE;
            case "chiffres":
                return new Forme(Genre.CHIFFRES, List.of());
            case "entier":
                return new Forme(Genre.ENTIER, List.of());
            case "date-heure":
                return new Forme(Genre.DATE_HEURE, List.of());
            case "date":
                return new Forme(Genre.DATE, List.of());
            case "lettre":
                return new Forme(Genre.LETTRE, List.of());
            default:
        }
        var values = List.of(word.split("\\|", -1));
        if (values.size() < 2 || values.stream().anyMatch(value -> value.isBlank() || !value.equals(value.trim()))) {
            throw new IllegalArgumentException(
                    "forme « %s » inconnue : texte, chiffres, entier, date-heure, date, lettre ou une liste A|B"
                            .formatted(word));
        }
        return new Forme(Genre.LISTE, values);
    }

    /** The canonical spelling of a value of the list, whatever its case; the value itself when the list does not hold it. */
    public String canonical(String value) {
        for (int i = 0; i < valeurs.size(); i++) {
            if (valeurs.get(i).equalsIgnoreCase(value)) {
                return valeurs.get(i);
            }
        }
        return value;
    }

    /** True when a value that does not have this form refuses the line, if the sheet gives a motif for it. */
    public boolean stricte() {
        return genre == Genre.DATE_HEURE || genre == Genre.DATE || genre == Genre.LISTE;
    }

    /** True if the value has this form. The empty value has every form. */
    public boolean admet(String value) {
        if (value.isEmpty()) {
            return true;
        }
        switch (genre) {
            case CHIFFRES:
                return digits(value, 0);
            case ENTIER:
                return digits(value, value.charAt(0) == '-' ? 1 : 0);
            case LETTRE:
                return value.length() == 1 && Character.isLetter(value.charAt(0));
            case DATE_HEURE:
                return dateHeure(value);
            case DATE:
                return dateHeure(value.length() == 8 ? value + " 00:00" : value);
            case LISTE:
                for (int i = 0; i < valeurs.size(); i++) {
                    if (valeurs.get(i).equals(value)) {
                        return true;
                    }
                }
                return false;
            default:
                return true;
        }
    }

    private static boolean digits(String value, int from) {
        for (int i = from; i < value.length(); i++) {
            if (!digit(value.charAt(i))) {
                return false;
            }
        }
        return value.length() > from;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /** {@code AAAAMMJJ hh:mm} and a day of the calendar: 20260230 is refused. */
    private static boolean dateHeure(String value) {
        if (value.length() != 14 || value.charAt(8) != ' ' || value.charAt(11) != ':') {
            return false;
        }
        for (int i = 0; i < 14; i++) {
            if (i != 8 && i != 11 && !digit(value.charAt(i))) {
                return false;
            }
        }
        int year = number(value, 0, 4);
        int month = number(value, 4, 6);
        int day = number(value, 6, 8);
        return year > 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= days(year, month)
                && number(value, 9, 11) < 24
                && number(value, 12, 14) < 60;
    }

    private static int days(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static int number(String value, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + value.charAt(i) - '0';
        }
        return number;
    }

    /** What was expected, in French, for a fault message. */
    String attendu() {
        switch (genre) {
            case CHIFFRES:
                return "des chiffres";
            case ENTIER:
                return "un nombre entier";
            case LETTRE:
                return "une lettre";
            case DATE_HEURE:
                return "une date AAAAMMJJ hh:mm qui existe";
            case DATE:
                return "une date AAAAMMJJ, ou AAAAMMJJ hh:mm, qui existe";
            case LISTE:
                return "l'une des valeurs " + String.join(", ", valeurs);
            default:
                return "un texte";
        }
    }

    /** The word of the sheet, as {@link #read} takes it. */
    @Override
    public String toString() {
        return genre == Genre.LISTE
                ? String.join("|", valeurs)
                : genre.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
