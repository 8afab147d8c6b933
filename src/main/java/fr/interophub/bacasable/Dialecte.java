package fr.interophub.bacasable;

import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Motif;
import fr.interophub.catalogue.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The protocol's files as the bac à sable writes and reads them, with the catalogue's own sheets. */
final class Dialecte {

    private static final long MAX_LIGNES = 1_000_000;

    private final Page page;
    private final List<FluxSheet> sheets;

    Dialecte(Page page) {
        this.page = page;
        this.sheets =
                page.flux().stream().map(flux -> page.feuille(flux.code())).toList();
    }

    Flux flux(String code) {
        return page.flux(code);
    }

    /**
     * Makes sure that a flux has these fields.
     *
     * @throws IllegalArgumentException naming the one it has not
     */
    void requireChamps(String flux, Map<String, String> champs) {
        page.feuille(flux).ligne(0, champs);
    }

    /** A file of one flux, header first, one line per message. */
    byte[] write(String flux, List<Map<String, String>> messages) {
        FluxSheet sheet = page.feuille(flux);
        StringBuilder out = new StringBuilder(sheet.header()).append('\n');
        int numero = 2;
        for (Map<String, String> champs : messages) {
            sheet.ligne(numero++, champs).writeCsv(out);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    List<Ligne> read(byte[] file) throws FichierIllisible, IOException {
        CsvFile.FileForm form = CsvFile.checkForm(() -> new ByteArrayInputStream(file), sheets, null, MAX_LIGNES);
        List<Ligne> lines = new ArrayList<>();
        try (CsvFile.Lignes read = CsvFile.read(new ByteArrayInputStream(file), form)) {
            read.forEachRemaining(lines::add);
        }
        return lines;
    }

    /** What to write in a motif field: the label, the only form the protocol attests (spec §4); what is no code stays. */
    String motif(String code) {
        return page.motif(code).map(Motif::libelle).orElse(code);
    }

    /** True if a motif field says this motif, by its code or by its label. */
    boolean says(String text, String code) {
        Optional<Motif> said = page.readMotif(text);
        return said.isPresent() ? said.get().code().equals(code) : text.equalsIgnoreCase(code);
    }
}
