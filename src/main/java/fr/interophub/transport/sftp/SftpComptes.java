package fr.interophub.transport.sftp;

import java.util.Optional;

/**
 * Who may log in. Asked at each login, so that an operator added or changed is live without a restart.
 *
 * <p>Implementations answer in milliseconds: a login by key asks from an I/O thread. They may throw when the directory
 * cannot be read; the login is then refused and the reason logged.
 */
@FunctionalInterface
public interface SftpComptes {

    /**
     * Finds the account of a login.
     *
     * @param login as sent by the client: not trusted, any characters, compared as it is
     * @return empty if nobody may log in under that name
     */
    Optional<SftpCompte> find(String login);
}
