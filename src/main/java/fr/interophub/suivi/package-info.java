/**
 * Clocks, alerts, statistics.
 *
 * <p>Owns the word <em>alerte</em>: something that wants a look by the OI's desk. One alert per matter; what repeats is
 * counted, not told again.
 *
 * <p>May know: catalogue, operateur, echange, and the read views of the protocol rooms.
 */
package fr.interophub.suivi;
