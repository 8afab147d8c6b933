package fr.interophub.rdv;

/**
 * One entry of the plan de charge as the SI gives it, before it is looked at: a slot ({@code zone}, {@code debut},
 * {@code fin}, {@code capacite}), or a day ({@code zone}, {@code jour}, {@code ferme}).
 *
 * @param zone the beginning of an INSEE code, or {@code *} for everywhere
 * @param debut when the slot begins, an ISO 8601 date with its offset
 * @param fin when it is over
 * @param capacite how many appointments it takes; 0 for none any more
 * @param jour a day, {@code 2026-12-25}
 * @param ferme true when the zone takes no appointment on that day, false when it does again
 */
public record Entree(String zone, String debut, String fin, Integer capacite, String jour, Boolean ferme) {

    /** Longest zone: an INSEE code. */
    static final int ZONE_MAX = 5;
}
