/**
 * Who we talk to: codes, SIREN, versions spoken, doors, secrets (hashed, or sealed), contract values.
 *
 * <p>Owns the words <em>annuaire</em> (the directory of all operators), <em>fiche</em> (one operator's sheet),
 * <em>contrat</em> (what was agreed two by two: encoding, file names, columns, hours…) and <em>coffre</em> (what keeps secrets
 * sealed that we must be able to say again).
 */
@Room(mayKnow = "catalogue")
package fr.interophub.operateur;

import fr.interophub.Room;
