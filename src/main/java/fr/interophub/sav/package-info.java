/**
 * The SAV protocol: signalisations, their rules and the hub's own answers.
 *
 * <p>Owns the words <em>signalisation</em> or <em>ticket</em> (a dossier whose objet is {@code ticket}), <em>appel</em> (one
 * call of an OC), <em>résolution</em> (supplierResolutionState, the second state of a ticket), <em>situation</em> (what a
 * return code says, in one word), <em>créneau</em> (a slot of the plan de charge),
 * <em>rendez-vous</em> (a slot that an OC has reserved before any ticket quotes it) and <em>notification</em> (what is said to
 * an OC's own service). States, passages, fields and codes are on the page {@code catalogue/sav-2.1.yaml}; this room adds the
 * conditions that the page names, and what must be remembered beside the states.
 *
 * <p>Source: protocole SAV v2.1 (spec SAV). Its rules import neither Spring nor Camel.
 */
@Room(mayKnow = {"catalogue", "cycle", "operateur", "echange", "parc", "rdv"})
package fr.interophub.sav;

import fr.interophub.Room;
