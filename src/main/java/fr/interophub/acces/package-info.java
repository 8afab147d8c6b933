/**
 * The Accès protocol: orders and their appointments, their rules and the hub's own answers.
 *
 * <p>Owns the words <em>commande</em>, <em>modèle</em> (who builds: OI, STOC, OC) and <em>cas</em> (PTO à construire,
 * identifiée, non identifiée). The states and passages are on the page {@code catalogue/acces-1.2.yaml}; this room adds
 * the conditions that the page names, and what must be remembered beside the state.
 *
 * <p>Source: protocole Accès v1.2. Its rules import neither Spring nor Camel.
 */
@Room(mayKnow = {"catalogue", "cycle", "operateur", "echange", "parc", "rdv"})
package fr.interophub.acces;

import fr.interophub.Room;
