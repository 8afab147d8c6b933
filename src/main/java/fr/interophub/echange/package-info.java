/**
 * Every message in and out, word for word; how far it has got on its way, and nothing of what it means.
 *
 * <p>Owns the words <em>journal</em> (raw bytes, hash, who, when, which door), <em>lot</em> (what one transaction
 * writes), <em>à traiter</em>, <em>à émettre</em>, <em>quarantaine</em>, <em>dossier</em> (the container: what the
 * states mean belongs to the protocol rooms) and <em>acheminement</em>.
 *
 * <p>Accès 1.2, « Accusé de réception de commande d'accès »: an unreadable file gets no answer. It gets a place here.
 */
@Room(mayKnow = {"catalogue", "operateur"})
package fr.interophub.echange;

import fr.interophub.Room;
