/**
 * Who we talk to: codes, SIREN, versions spoken, doors, secrets (hashed), contract values.
 *
 * <p>Owns the words <em>annuaire</em> (the directory of all operators), <em>fiche</em> (one operator's sheet) and
 * <em>contrat</em> (what was agreed two by two: encoding, file names, columns, hours…).
 */
@Room(mayKnow = "catalogue")
package fr.interophub.operateur;

import fr.interophub.Room;
