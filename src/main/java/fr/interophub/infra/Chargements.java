package fr.interophub.infra;

import fr.interophub.catalogue.CsvFile;
import java.io.IOException;

/** Fills the registers from files. */
public interface Chargements {

    /** How many faults of a file are told; all are counted. */
    int FAUTES_DITES = 1_000;

    /**
     * Takes a file of a register, whole or not at all. It is read as a stream, twice.
     *
     * @param fichier its name, for people
     * @param partiel true when the rows that it does not name stay; else the register is then what the file says
     */
    Bilan load(Inventaire inventaire, String fichier, CsvFile.Source bytes, boolean partiel) throws IOException;
}
