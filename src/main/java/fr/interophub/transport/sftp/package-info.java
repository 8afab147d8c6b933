/**
 * The embedded SFTP server: the door through which an OC drops and takes files.
 *
 * <p>Owns the words <em>compte</em> (a login and what proves it), <em>entrant</em> (what the OC drops and the hub takes),
 * <em>sortant</em> (what the hub drops and the OC takes) and <em>dépôt</em> (a file while it is being written). It carries
 * bytes and names and reads neither: picking up what was dropped, and writing what must leave, is the routes' work on the
 * same folders.
 *
 * <p>An-OC-Sees-Itself: an OC's file system has five kinds of places ({@code /}, {@code /entrant}, {@code /sortant} and the
 * files right under the last two). Every other path is a missing file, and no path is ever built from an OC's name without
 * {@link fr.interophub.transport.sftp.NomsDeFichiers}.
 *
 * <p>Hostile-Input: names, sizes, links, waits and numbers of connections are bounded here.
 *
 * <p>May know: nobody. The operator directory is reached through {@link fr.interophub.transport.sftp.SftpComptes}, which
 * others implement.
 */
package fr.interophub.transport.sftp;
