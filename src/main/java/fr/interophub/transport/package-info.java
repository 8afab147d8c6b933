/**
 * The only room that speaks Camel, SFTP, JMS, SOAP and mail: it carries, the other rooms decide. What goes where is drawn in
 * {@code src/main/resources/routes}; the beans here are the verbs of those drawings that need the outside.
 */
@Room(mayKnow = {"catalogue", "operateur", "echange", "acces", "si", "sav", "prevenance"})
package fr.interophub.transport;

import fr.interophub.Room;
