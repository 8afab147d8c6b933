/**
 * Clocks, alerts, statistics.
 *
 * <p>Owns the word <em>alerte</em>: something that wants a look by the OI's desk. One alert per matter; what repeats is
 * counted, not told again.
 */
@Room(mayKnow = {"catalogue", "operateur", "echange"})
package fr.interophub.suivi;

import fr.interophub.Room;
