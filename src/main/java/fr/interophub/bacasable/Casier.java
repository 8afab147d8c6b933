package fr.interophub.bacasable;

import java.io.IOException;
import java.util.List;

/** Where an OC leaves files for the hub, and finds those that the hub has for it. Not for several threads. */
interface Casier extends AutoCloseable {

    /** Leaves a file; the hub sees it whole or not at all. */
    void drop(String nom, byte[] octets) throws IOException;

    /** The names of the CSV files that are there for the OC. */
    List<String> list() throws IOException;

    byte[] read(String nom) throws IOException;

    void remove(String nom) throws IOException;

    /** Ends the connection; what is asked next opens another. */
    void hangUp();

    @Override
    void close();
}
