/**
 * Walks a state table; draws it; owns the word <em>chemin</em> (the way that a dossier has come on it).
 *
 * <p>Keeps no state and knows no protocol: what the table does not say is {@code HORS_SEQUENCE}, which is for the caller to
 * answer.
 *
 * <p>Imports neither Spring nor Camel.
 */
@Room(mayKnow = "catalogue")
package fr.interophub.cycle;

import fr.interophub.Room;
