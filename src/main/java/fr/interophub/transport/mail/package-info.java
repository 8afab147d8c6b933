/**
 * The mail doors: takes what the mailboxes hold into the journal, and sends the files whose channel is mail. What a mail says of
 * itself is data; who it is from, and whether its files may be treated, is told by the operator's sheet and by our own server.
 *
 * <p>Owns the words <em>courriel</em> (one mail), <em>pièce</em> (a file joined to it), <em>boîte</em> (one of our mailboxes) and
 * <em>genre</em> (the kind of exchange that an address is for).
 */
package fr.interophub.transport.mail;
