package fr.interophub.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import fr.interophub.si.Decision;
import fr.interophub.si.Demande;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The verbs that the drawings of a site need between the hub and an SI that speaks otherwise ({@code samples/routes}). */
public final class Atelier {

    private final Path tables;
    private final ObjectMapper json;
    private final Map<String, Table> lues = new ConcurrentHashMap<>();

    private record Table(FileTime modifiee, long taille, Map<String, String> valeurs) {}

    /**
     * @param tables the folder of the lookup tables
     */
    Atelier(Path tables, ObjectMapper json) {
        this.tables = tables;
        this.json = json;
    }

    /**
     * Looks a key up in the table {@code nom.csv}: a header line, then a key and its value per line, with semicolons, in UTF-8.
     * A changed file is read again.
     *
     * @return the empty text for a key that is not there, or none
     */
    public String table(String nom, String cle) throws IOException {
        Path file = tables.resolve(nom + ".csv");
        FileTime modified = Files.getLastModifiedTime(file);
        long size = Files.size(file);
        Table table = lues.get(nom);
        if (table == null || !table.modifiee().equals(modified) || table.taille() != size) {
            table = new Table(modified, size, read(file));
            lues.put(nom, table);
        }
        return cle == null ? "" : table.valeurs().getOrDefault(cle, "");
    }

    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> read = new HashMap<>();
        try (CsvReader<CsvRecord> lines =
                CsvReader.builder().fieldSeparator(';').ofCsvRecord(file)) {
            lines.stream().skip(1).forEach(line -> {
                if (line.getFieldCount() != 2) {
                    throw new IllegalArgumentException(
                            "%s, ligne %d : clé;valeur est attendu".formatted(file, line.getStartingLineNumber()));
                }
                read.put(line.getField(0), line.getField(1));
            });
        }
        return read;
    }

    /**
     * The demande with a field more, for the SI alone.
     *
     * @param valeur null or empty: the field is left out, like every empty one
     */
    public Demande complete(Demande demande, String champ, String valeur) {
        if (valeur == null || valeur.isEmpty()) {
            return demande;
        }
        Map<String, String> fields = new LinkedHashMap<>(demande.champs());
        fields.put(champ, valeur);
        return new Demande(
                demande.id(),
                demande.date(),
                demande.operateur(),
                demande.protocole(),
                demande.version(),
                demande.flux(),
                demande.dossier(),
                demande.etat(),
                fields);
    }

    /**
     * The query of a call to a service of the site, its values encoded: an OC writes what it likes.
     *
     * @param parametres with commas, {@code nom=Champ}: a parameter and the field that fills it
     */
    public String query(Demande demande, String parametres) {
        return Arrays.stream(parametres.split(","))
                .map(parametre -> parametre.strip().split("=", 2))
                .map(said -> said[0] + "=" + URLEncoder.encode(demande.champs().getOrDefault(said[1], ""), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /**
     * A value of a JSON answer.
     *
     * @param pointeur a JSON pointer: {@code /eligible}
     * @return the empty text if it is not there
     */
    public String json(String texte, String pointeur) throws JsonProcessingException {
        return json.readTree(texte).at(pointeur).asText();
    }

    /**
     * A décision about a demande, without the SI. Its id follows from the demande's: said again, it has no second effect.
     *
     * @param champs fields, with commas: {@code Nom=valeur}, or a name alone to say the demande's value again
     */
    public Decision decision(Demande demande, String flux, String champs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String champ : champs.split(",")) {
            String[] said = champ.strip().split("=", 2);
            fields.put(said[0], said.length == 2 ? said[1] : demande.champs().getOrDefault(said[0], ""));
        }
        return new Decision("dessin-" + demande.id(), demande.operateur(), flux, fields);
    }

    /** The demande as XML, for a stylesheet: its values are attributes, its fields are {@code champ} elements by name. */
    public String xml(Demande demande) throws XMLStreamException {
        StringWriter written = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(written);
        xml.writeStartDocument();
        xml.writeStartElement("demande");
        Map<String, Object> values = json.convertValue(
                demande, json.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
        for (Map.Entry<String, Object> value : values.entrySet()) {
            if (value.getValue() instanceof String text) {
                xml.writeAttribute(value.getKey(), text);
            }
        }
        for (Map.Entry<String, String> champ : demande.champs().entrySet()) {
            xml.writeStartElement("champ");
            xml.writeAttribute("nom", champ.getKey());
            xml.writeCharacters(printable(champ.getValue()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        return written.toString();
    }

    /** XML has no way to say control characters. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t\n\r]]|[\uFFFE\uFFFF]", "");
    }
}
