/**
 * An OC and an SI of our own, which play the protocol's cases against a running hub, through its real doors only: the
 * SFTP server for the OC, the REST interface for the SI, the reading interface to see where a dossier stands.
 *
 * <p>Owns the words <em>scénario</em> (a case of the protocol, one text file under {@code samples/}), <em>partie</em>
 * (one dossier living one scénario), <em>joueur</em> (plays many parties at once), <em>spécimen</em> (a message with
 * every field it needs) and <em>vie</em> (what one party knows of one dossier). In demo a newcomer sees dossiers live;
 * tests play the same cases through the same classes.
 *
 * <p>A scénario file reads like the protocol (Accès 1.2, spec §6):
 *
 * <pre>
 * # OI-CONSTR-NOMINAL — Accès 1.2 — Mode OI, PTO à construire, cas nominal
 * # spec §6.1
 * modèle OI
 * pto à construire
 *
 * i)     OC  Cmd_Acces
 * ii)    OI  AR_Cmd_Acces OK
 * iii)   OI  CR_Cmd_Acces OK
 * iv)    -- l'OI brasse au PM, construit la liaison PBO/PTO, pose la PTO
 * v)     OI  CR_MAD_LigneFTTH OK      PrisePosee=OUI
 * vi)    OC  CR_MES_LigneFTTH
 * =&gt;     EN_SERVICE
 * </pre>
 *
 * <ul>
 *   <li>{@code pto}: {@code à construire}, {@code identifiée} or {@code non identifiée}.
 *   <li>{@code Champ=valeur} after a flux replaces the spécimen's value; {@code "OC 1"="deux mots"} where there are
 *       spaces, {@code Champ=""} to leave a field empty; {@code motif=FADR01} fills the flux's own motif field.
 *   <li>{@code !! MOTIF} ends a step that must be refused with that motif, the state not moving.
 *   <li>{@code => ETAT} may follow any step, prose included.
 *   <li>{@code # au-delà du seed} marks a case built from the protocol's rules rather than written in it.
 *   <li>Any other line is a fault, named with its file and line.
 * </ul>
 */
@Room(mayKnow = {"catalogue", "cycle"})
package fr.interophub.bacasable;

import fr.interophub.Room;
