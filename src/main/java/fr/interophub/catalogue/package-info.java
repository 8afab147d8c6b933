/**
 * The protocols as data: pages, field sheets, motifs; reads and checks them.
 *
 * <p>Owns the words <em>page</em> (one version of one protocol), <em>flux</em> (one kind of message, named as the
 * protocol's tab, letter for letter), <em>feuille</em> (the columns of a flux), <em>passage</em> (one line of a state
 * table) and <em>motif</em> (a reason of the KO codification). A domain expert corrects the files under
 * {@code src/main/resources/catalogue}; code only interprets them.
 *
 * <p>Imports neither Spring nor Camel.
 */
@Room
package fr.interophub.catalogue;

import fr.interophub.Room;
