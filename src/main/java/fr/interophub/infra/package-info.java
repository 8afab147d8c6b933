/**
 * The network of the OI, as far as orders ask for it: its registers, and what an order holds of it.
 *
 * <p>Owns the words <em>inventaire</em> (one register of the referential, loaded from a file of its own format), <em>route
 * optique</em> (a fibre from a position at the PM to a PBO, and to the socket once it has one), <em>attribution</em> (what an order
 * holds: a socket and its routes, until it is given back) and <em>référentiel</em> (all of it, and what it answers to an order).
 *
 * <p>Source: spec infra §1.10 and §1.11 (F-61 to F-70); protocole Accès v1.2 §3.3 (checks 3 to 6), §5.5, §6.14.
 */
@Room(mayKnow = {"catalogue", "operateur", "echange"})
package fr.interophub.infra;

import fr.interophub.Room;
