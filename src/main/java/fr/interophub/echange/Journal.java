package fr.interophub.echange;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;

/** Every transmission word for word, written down before anyone acts on it (decision Journal-First). */
public interface Journal {

    /**
     * Writes down what came in, byte for byte, and puts it in the queue « à traiter ». Bytes that this operator has
     * already given are noted and have no effect, unless the earlier copy was quarantined.
     *
     * @param fichier the name as dropped; data, never a path
     * @return the transmission as kept
     * @throws IOException if the source cannot be read; nothing is kept then
     */
    Transmission receive(String operateur, String canal, String fichier, InputStream bytes) throws IOException;

    /**
     * What a transmission is called and what is in it.
     *
     * @param fichier what it is called on screens; cut if too long
     * @param protocole null for what is of none
     * @param version null where there is no protocol
     */
    record Etiquette(String operateur, String canal, String fichier, String protocole, String flux, String version) {}

    /**
     * Writes down, inside the caller's transaction, what is said in a dialogue: a call that came in and takes effect at once,
     * or one of ours whose answer is awaited. It goes into no queue and is compared with nothing: a call made twice was
     * made twice.
     */
    Transmission keep(Sens sens, Etiquette etiquette, byte[] bytes);

    /**
     * The same, for what may be too long for memory.
     *
     * @throws IOException if the source cannot be read; nothing is kept then
     */
    Transmission keep(Sens sens, Etiquette etiquette, InputStream bytes) throws IOException;

    /** Writes down what leaves, inside the caller's transaction, and puts it in the queue « à émettre ». */
    Transmission emit(Etiquette etiquette, int lignes, byte[] bytes);

    Optional<Transmission> find(UUID id);

    /** The bytes as they came or went, read slice by slice. */
    InputStream open(UUID id);
}
