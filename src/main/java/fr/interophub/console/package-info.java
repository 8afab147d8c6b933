/**
 * The OI's desk: pages in French (or English) that show what lives, what waits for a look, and offer the gestes.
 *
 * <p>Owns the words <em>page</em> (of the console), <em>étiquette</em> (a state as a coloured label) and
 * <em>langue</em>. Decides nothing: it shows the views of {@code api} and calls its gestes. Usable without script.
 */
@Room(
        mayKnow = {
            "catalogue",
            "cycle",
            "operateur",
            "echange",
            "acces",
            "sav",
            "prevenance",
            "parc",
            "si",
            "suivi",
            "api"
        })
package fr.interophub.console;

import fr.interophub.Room;
