/**
 * Works that the OI announces on a PM, and damages that OCs have seen there.
 *
 * <p>Owns the words <em>prévenance</em> (works announced on a PM: each OC with an access behind it is told the addresses that
 * it serves there, and those only), <em>accusé</em> (the OC's AR of it), <em>dommage</em> (what an OC has seen on the cabling
 * without any customer being hurt yet) and <em>zone arrière</em> (what lies behind a PM). States and passages are on the page
 * {@code catalogue/sav-1.0a.yaml}: these exchanges stay in that version whatever version of the SAV an OC speaks.
 *
 * <p>Source: protocole SAV v1.0a (spec SAV §g, V8 to V11). Its rules import neither Spring nor Camel.
 */
@Room(mayKnow = {"catalogue", "cycle", "operateur", "echange", "parc"})
package fr.interophub.prevenance;

import fr.interophub.Room;
