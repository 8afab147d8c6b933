package fr.interophub.transport.sftp;

import java.nio.file.FileSystemException;

/**
 * What an OC may not do, with the sentence and the status its client is given.
 *
 * <p>A refusal is ordinary (Refus-Nest-Pas-Erreur): it is answered, not logged as a fault.
 */
final class Refus extends FileSystemException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status an {@code SSH_FX_…} code of SFTP version 3
     * @param phrase in French, for the person behind the OC's client
     */
    Refus(int status, String phrase) {
        super(null, null, phrase);
        this.status = status;
    }

    int status() {
        return status;
    }
}
