/**
 * The REST interface, and who may do what: on it, and on the console.
 *
 * <p>Owns the words <em>appelant</em> (who calls, known by a key, never by what is asked), <em>droit</em> (OI:
 * everything; SI: demandes and décisions; OC: its own data, to read), <em>geste</em> (what a person does: rejouer,
 * écarter, réémettre, fermer; each noted as an <em>acte</em> with who and why) and <em>problème</em> (RFC 9457). The
 * views that it reads are the console's too: bounded, by keyset, never more than a page.
 *
 * <p>An OC sees itself only: what is another's does not exist for it (decision An-OC-Sees-Itself).
 */
@Room(
        mayKnow = {
            "catalogue",
            "cycle",
            "operateur",
            "echange",
            "acces",
            "parc",
            "rdv",
            "sav",
            "prevenance",
            "infra",
            "si",
            "suivi"
        })
package fr.interophub.api;

import fr.interophub.Room;
