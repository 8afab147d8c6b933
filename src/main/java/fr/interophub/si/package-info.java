/**
 * The legacy IT of the OI (the SI): demandes out, décisions in; one adapter per mode.
 *
 * <p>Owns the words <em>demande</em> (what an OC said and the hub accepted), <em>décision</em> (what the OI wants said)
 * and <em>verdict</em> (what the hub says of a décision). The SI speaks the protocol's own language: a flux code and the
 * protocol's field names, as JSON, in one version ({@code hub.si.version}) whatever the OCs speak.
 */
@Room(mayKnow = {"catalogue", "echange", "operateur", "acces", "sav", "infra"})
package fr.interophub.si;

import fr.interophub.Room;
