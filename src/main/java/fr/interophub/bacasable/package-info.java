/**
 * An OC and an SI of our own, which play the protocol's cases against a running hub, through its real doors only: the
 * SFTP server for the OC, the REST interface for the SI, the reading interface to see where a dossier stands.
 *
 * <p>For the SAV it has a SOAP client and SAV services of its own, written without the hub's code: {@link
 * fr.interophub.bacasable.PosteSav} calls, {@link fr.interophub.bacasable.ServiceSav} is called, and answers well, wrongly, late
 * or not at all. The cases of the SAV ({@link fr.interophub.bacasable.CasSav}) are played by a {@link
 * fr.interophub.bacasable.JeuDeCas}: here through the doors and by mail, in tests over a memory too. Their language is told in
 * {@code samples/sav-1.0a/scenarios/LISEZMOI.md}.
 *
 * <p>Owns the words <em>scénario</em> (a case of the protocol, one text file under {@code samples/}), <em>partie</em>
 * (one order of a scénario while it is played), <em>joueur</em> (plays one scénario), <em>spécimen</em> (a message with
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
 *   <li>{@code ReferencePrise="ReferencePrise de A"} gives the value that the OC of order A knows, {@code "operateur de
 *       A"} its code, {@code "nouvelle de A"} a reference that nobody has used.
 *   <li>{@code !! MOTIF} ends a step that must be refused with that motif, the state not moving.
 *   <li>{@code => ETAT} may follow any step, prose included.
 *   <li>{@code => NEANT}: there is no such order. {@code => RDV ETAT}: the state of the order's appointment.
 *   <li>{@code HUB ReponseRdv KO}: said by the hub alone, where it is otherwise for the SI to decide.
 *   <li>{@code contrat {"gelDegel": true}}: the contract values that the case presumes, as in an operator's sheet;
 *       it is then played alone, and its days pass.
 *   <li>{@code commande B (OC2, modèle OC, pto identifiée)} opens another order, which the next steps are about: of the
 *       same OC, model and socket unless it says otherwise. {@code commande A} goes back to the first.
 *   <li>{@code &} at the end of a step: said in the same file as the next step, and both are then waited for.
 *   <li>{@code OC fichier Cmd_Acces/deux-flux.csv}: the OC drops this file of {@code samples/acces-1.2} as it is.
 *   <li>{@code SI parc partagee=non}: the SI writes the access of the order into the register.
 *   <li>{@code -- le lendemain…}, {@code -- 3 jours plus tard…}: prose that moves the clock, where it can be moved.
 *   <li>{@code # spec §6.1} says where the specification speaks of the case.
 *   <li>{@code # au-delà du seed} marks a case built from the protocol's rules rather than written in it.
 *   <li>{@code # non observable : qui brasse au PM} says what of the case no flux shows; it is played for what can be seen.
 *   <li>Any other line is a fault, named with its file and line.
 * </ul>
 */
@Room(mayKnow = {"catalogue", "cycle"})
package fr.interophub.bacasable;

import fr.interophub.Room;
