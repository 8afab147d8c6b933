package fr.interophub.operateur;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of a week, as a contract writes them: days, then times, {@code lun-ven 08:00-19:30}, {@code sam 08:00-12:00},
 * {@code 22:00-06:00} (every day, over midnight: the night belongs to the day it begins on). The end is not part of it;
 * {@code 24:00} is the end of the day. Local time of the country.
 */
public record Plage(int premierJour, int dernierJour, int debut, int fin) {

    private static final List<String> JOURS = List.of("lun", "mar", "mer", "jeu", "ven", "sam", "dim");
    private static final int JOUR = 24 * 60;
    private static final String NOM = "(lun|mar|mer|jeu|ven|sam|dim)";
    private static final String HEURE = "([01]\\d|2[0-4]):([0-5]\\d)";
    private static final Pattern FORME = Pattern.compile("(?:" + NOM + "(?:-" + NOM + ")? +)?" + HEURE + "-" + HEURE);

    /**
     * @throws IllegalArgumentException when it is not written so, or holds no minute
     */
    public static Plage read(String text) {
        Matcher read = FORME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!read.matches()) {
            throw new IllegalArgumentException(text);
        }
        int first = read.group(1) == null ? 0 : JOURS.indexOf(read.group(1));
        int last = read.group(1) == null ? 6 : read.group(2) == null ? first : JOURS.indexOf(read.group(2));
        Plage plage = new Plage(first, last, minutes(read, 3), minutes(read, 5));
        if (plage.debut == plage.fin || plage.debut >= JOUR || plage.fin > JOUR) {
            throw new IllegalArgumentException(text);
        }
        return plage;
    }

    private static int minutes(Matcher read, int group) {
        return 60 * Integer.parseInt(read.group(group)) + Integer.parseInt(read.group(group + 1));
    }

    /** Is this moment inside one of them? Always, when there is none. */
    public static boolean open(List<String> plages, LocalDateTime moment) {
        return plages.isEmpty() || plages.stream().map(Plage::read).anyMatch(plage -> plage.holds(moment));
    }

    private boolean holds(LocalDateTime moment) {
        LocalTime time = moment.toLocalTime();
        int minute = 60 * time.getHour() + time.getMinute();
        int day = moment.getDayOfWeek().getValue() - 1;
        if (debut < fin) {
            return day(day) && minute >= debut && minute < fin;
        }
        return day(day) && minute >= debut || day((day + 6) % 7) && minute < fin;
    }

    private boolean day(int day) {
        return premierJour <= dernierJour
                ? day >= premierJour && day <= dernierJour
                : day >= premierJour || day <= dernierJour;
    }
}
