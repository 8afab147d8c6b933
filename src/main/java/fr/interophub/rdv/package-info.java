/**
 * Appointments at the client's home: when the OI's technicians can come, and who has which of their slots.
 *
 * <p>Owns the words <em>plan de charge</em> (the slots that the OI offers, with their capacity and its closed days),
 * <em>créneau</em> (one slot of one zone), <em>zone</em> (the beginning of an INSEE code, or {@code *} for everywhere),
 * <em>réservation</em> (the slot that an appointment has) and <em>échéance</em> (when an appointment changes although
 * nothing is said). It serves every protocol: what an appointment is, and what its states mean, belongs to the protocol
 * room whose dossier it is.
 *
 * <p>Source: protocole Accès v1.2 §3.15 to §3.18 and §5.11.
 */
@Room(mayKnow = {"catalogue", "operateur"})
package fr.interophub.rdv;

import fr.interophub.Room;
