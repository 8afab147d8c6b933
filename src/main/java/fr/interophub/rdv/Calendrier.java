package fr.interophub.rdv;

import fr.interophub.Refus;
import fr.interophub.rdv.PlanDeCharge.Creneau;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * A plan de charge for an OI whose SI has none: the same slots on every working day. Each day is made once, as it comes
 * within the horizon; what the SI then says of a slot or of a day stays.
 *
 * @param capacite appointments that a slot takes; 0, and there is no calendar
 * @param jours the working days
 * @param heures when work is done on such a day, e.g. {@code 08:00-12:00}
 * @param duree how long a slot is; what remains at the end of the hours is no slot
 * @param zones the beginnings of INSEE codes, or {@code *} for everywhere
 * @param fermes closed days: public holidays, leave
 * @param horizon how many days ahead
 */
@ConfigurationProperties("hub.rdv.calendrier")
public record Calendrier(
        int capacite,
        Set<DayOfWeek> jours,
        List<String> heures,
        Duration duree,
        List<String> zones,
        List<LocalDate> fermes,
        int horizon) {

    /** The hours of one half-day. */
    private record Plage(LocalTime debut, LocalTime fin) {}

    /**
     * @throws Refus if the hours, the zones or the length of a slot make no sense
     */
    Calendrier checked() {
        heures.forEach(Calendrier::plage);
        zones.forEach(zone -> {
            if (!zone.equals(PlanDeCharge.PARTOUT) && !zone.matches("[0-9A-Z]{1," + Entree.ZONE_MAX + "}")) {
                throw new Refus(
                        "hub.rdv.calendrier.zones : « %s » n'est pas une zone.".formatted(zone),
                        "Donner le début d'un code INSEE, ou *.");
            }
        });
        if (duree.compareTo(Duration.ofMinutes(1)) < 0 || duree.compareTo(Duration.ofDays(1)) > 0) {
            throw new Refus(
                    "hub.rdv.calendrier.duree=%s n'est pas la durée d'un créneau.".formatted(duree),
                    "Donner une durée d'une minute à un jour, par exemple 2h.");
        }
        return this;
    }

    private static Plage plage(String text) {
        try {
            String[] bounds = text.strip().split("-", 2);
            return new Plage(LocalTime.parse(bounds[0]), LocalTime.parse(bounds[1]));
        } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new Refus(
                    "hub.rdv.calendrier.heures : « %s » n'est pas une plage.".formatted(text),
                    "Donner une plage comme 08:00-12:00.");
        }
    }

    /** Is there a calendar? */
    boolean actif() {
        return capacite > 0;
    }

    boolean ouvre(LocalDate jour) {
        return jours.contains(jour.getDayOfWeek()) && !fermes.contains(jour);
    }

    /** The slots of a working day, of every zone. */
    List<Creneau> creneaux(LocalDate jour) {
        return zones.stream()
                .sorted()
                .flatMap(zone -> heures.stream()
                        .map(Calendrier::plage)
                        .sorted(Comparator.comparing(Plage::debut))
                        .flatMap(plage ->
                                split(plage, jour).stream().map(debut -> new Creneau(zone, debut, debut.plus(duree)))))
                .toList();
    }

    private List<Instant> split(Plage plage, LocalDate jour) {
        long many = Duration.between(plage.debut(), plage.fin()).dividedBy(duree);
        return LongStream.range(0, Math.max(0, many))
                .mapToObj(n -> jour.atTime(plage.debut())
                        .plus(duree.multipliedBy(n))
                        .atZone(PlanDeCharge.PARIS)
                        .toInstant())
                .toList();
    }
}
