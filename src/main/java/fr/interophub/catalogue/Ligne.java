package fr.interophub.catalogue;

import fr.interophub.Empreinte;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of a flux: a value for each field of its sheet. Immutable.
 *
 * <p>Values are trimmed, never null, and hold no 0x00: it is kept as U+FFFD and told by {@link FluxSheet#check}.
 */
public final class Ligne {

    static final char REMPLACEMENT = '\uFFFD';
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final FluxSheet feuille;
    private final int numero;
    private final String[] values;
    private final boolean suspecte;
    private final boolean nul;
    private final Ecart ecart;

    /** A number of fields that is not that of the header. */
    record Ecart(int lus, int attendus) {}

    /** The array is taken as it is: trimmed values, canonical spellings, no null, no 0x00. */
    Ligne(FluxSheet feuille, int numero, String[] values, boolean suspecte, boolean nul, Ecart ecart) {
        this.feuille = feuille;
        this.numero = numero;
        this.values = values;
        this.suspecte = suspecte;
        this.nul = nul;
        this.ecart = ecart;
    }

    /** Takes trimmed values of any characters; looks at them. */
    static Ligne of(FluxSheet feuille, int numero, String[] values) {
        boolean suspect = false;
        boolean nul = false;
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            for (int at = 0; at < value.length(); at++) {
                char c = value.charAt(at);
                suspect |= c == REMPLACEMENT || control(c);
                nul |= c == 0;
            }
            if (nul) {
                values[i] = value.replace('\0', REMPLACEMENT);
            }
        }
        return new Ligne(feuille, numero, values, suspect, nul, null);
    }

    public FluxSheet feuille() {
        return feuille;
    }

    /** The physical line of the file it begins on, the header being line 1; 0 when it comes from no file. */
    public int numero() {
        return numero;
    }

    /**
     * The value of a field; {@code ""} if empty.
     *
     * @throws ChampInconnu when the flux has no such field
     */
    public String get(String champ) {
        return values[feuille.get(champ)];
    }

    /** The value of a field by its index in the sheet; {@code ""} if empty. */
    public String valeur(int i) {
        return values[i];
    }

    /** What it says, if its flux carries a verdict: OK, KO; {@code null} if it carries none, or if the field is empty or wrong. */
    public Issue issue() {
        return feuille.issue(this);
    }

    /** The value of the field that finds the dossier. */
    public String reference() {
        return feuille.reference() < 0 ? "" : values[feuille.reference()];
    }

    /**
     * The same line with another value in one field.
     *
     * @throws ChampInconnu when the flux has no such field
     */
    public Ligne with(String champ, String valeur) {
        var changed = values.clone();
        int i = feuille.get(champ);
        changed[i] = feuille.canonical(i, valeur);
        var line = of(feuille, numero, changed);
        return new Ligne(feuille, numero, line.values, line.suspecte, line.nul || nul, ecart);
    }

    /** The same said on another sheet of its flux, that of another version or of a contract; itself on its own sheet. */
    public Traduite traduire(FluxSheet autre) {
        return autre == feuille ? new Traduite(this, List.of()) : feuille.translate(this, autre);
    }

    /** The fields that are not empty, canonical names, in the sheet's order. */
    public Map<String, String> champs() {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < values.length; i++) {
            if (!values[i].isEmpty()) {
                map.put(feuille.champs().get(i).nom(), values[i]);
            }
        }
        return map;
    }

    /** Appends a JSON object of the fields that are not empty. */
    public void writeJson(StringBuilder out) {
        char before = '{';
        for (int i = 0; i < values.length; i++) {
            if (!values[i].isEmpty()) {
                out.append(before).append(feuille.jsonKeys[i]);
                json(out, values[i]);
                before = ',';
            }
        }
        out.append(before == '{' ? "{}" : "}");
    }

    /** Appends one CSV record and LF, in the sheet's order, without the columns a contract leaves out; quotes where needed only. */
    public void writeCsv(StringBuilder out) {
        for (int i = 0; i < feuille.written.length; i++) {
            if (i > 0) {
                out.append(';');
            }
            csv(out, values[feuille.written[i]]);
        }
        out.append('\n');
    }

    /**
     * SHA-256, in lower-case hexadecimal, of the values except those of the named fields; does not depend on a partner's order
     * of columns. Two lines that say the same have the same fingerprint (decision Same-Question-Same-Answer).
     */
    public String empreinte(Set<String> sauf) {
        var said = new StringBuilder(512);
        for (int i : feuille.canonicalOrder()) {
            if (!values[i].isEmpty() && !sauf.contains(feuille.champs().get(i).nom())) {
                said.append(feuille.jsonKeys[i]);
                json(said, values[i]);
            }
        }
        return Empreinte.of(said.toString());
    }

    String[] values() {
        return values;
    }

    boolean suspecte() {
        return suspecte;
    }

    boolean nul() {
        return nul;
    }

    /** Null when it has as many fields as its header; else it is refused ({@link FluxSheet#check}). */
    Ecart ecart() {
        return ecart;
    }

    @Override
    public String toString() {
        return feuille + " ligne " + numero;
    }

    // how values are read and written

    /** White space that partners leave around values: space, tab, line breaks, no-break space. 0x00 is not one. */
    static boolean white(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\u00A0';
    }

    /** Control characters but those a comment may hold (tab, line breaks). */
    static boolean control(char c) {
        return c < ' ' ? c != '\t' && c != '\n' && c != '\r' : c >= 0x7F && c < 0xA0;
    }

    static String trim(String value) {
        if (value == null) {
            return "";
        }
        int from = 0;
        int to = value.length();
        while (from < to && white(value.charAt(from))) {
            from++;
        }
        while (to > from && white(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    /** Control characters shown as U+FFFD. */
    static String visible(String value) {
        var shown = new StringBuilder(value);
        for (int i = 0; i < shown.length(); i++) {
            if (control(shown.charAt(i))) {
                shown.setCharAt(i, REMPLACEMENT);
            }
        }
        return shown.toString();
    }

    static void csv(StringBuilder out, String value) {
        if (!quoted(value)) {
            out.append(value);
            return;
        }
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                out.append('"');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static boolean quoted(String value) {
        int length = value.length();
        if (length == 0) {
            return false;
        }
        if (white(value.charAt(0)) || white(value.charAt(length - 1))) {
            return true;
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c == ';' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    static void json(StringBuilder out, String value) {
        out.append('"');
        int from = 0;
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            out.append(value, from, i);
            from = i + 1;
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                out.append(c).append(value.charAt(++i));
                from = i + 1;
            } else {
                out.append(REMPLACEMENT);
            }
        }
        if (from == 0) {
            out.append(value); // nothing to escape: a block copy, unlike the append of a part
        } else {
            out.append(value, from, length);
        }
        out.append('"');
    }
}
