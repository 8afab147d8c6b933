/**
 * The register of accesses: which OC has which line in service, on which socket, since when.
 *
 * <p>Owns the words <em>accès</em> (a client's line once its order is over, known by its ReferencePrestationPrise),
 * <em>prise</em> (the socket, PTO, that it ends at), <em>site</em> (the PM that it lies behind, and the address) and <em>déclaration</em> (an access as the OI writes it down, for those
 * that are older than the hub). Orders fill it; tickets and prévenances ask it.
 *
 * <p>Source: protocole Accès v1.2 §5.1 (EN_SERVICE, RESILIEE, ECRASEE) and §5.10.
 */
@Room(mayKnow = {"catalogue", "operateur"})
package fr.interophub.parc;

import fr.interophub.Room;
