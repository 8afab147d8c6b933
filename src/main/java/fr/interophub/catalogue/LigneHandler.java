package fr.interophub.catalogue;

import java.util.Arrays;
import java.util.List;

/** The second pass over a file: one {@link Ligne} per record, made straight from the parser's buffer. */
final class LigneHandler extends RecordHandler<Ligne> {

    private final FluxSheet sheet;
    private final int[] columns;
    private final boolean partial;
    /** The list values of each sheet column; null where it is no list. */
    private final String[][] lists;

    /** Records still to leave out: at first, the header. */
    long toSkip = 1;

    private String[] values;
    private boolean suspect;
    private boolean nul;

    LigneHandler(CsvFile.FileForm form) {
        sheet = form.feuille();
        columns = form.columns();
        partial = sheet.souple() || columns.length < sheet.size();
        lists = new String[sheet.size()][];
        for (int i = 0; i < lists.length; i++) {
            List<String> list = sheet.forme(i).valeurs();
            lists[i] = list.isEmpty() ? null : list.toArray(String[]::new);
        }
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        super.beginRecord(startingLineNumber);
        suspect = false;
        nul = false;
        values = null;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
        int index = fields++;
        int from = offset;
        int to = offset + length;
        while (from < to && Ligne.white(buffer[from])) {
            from++;
        }
        if (index == 0) {
            blank = !quoted && from == to;
        }
        if (toSkip > 0 || index >= columns.length) {
            return;
        }
        while (to > from && Ligne.white(buffer[to - 1])) {
            to--;
        }
        if (values == null) {
            values = new String[sheet.size()];
            if (partial) {
                Arrays.fill(values, "");
            }
        }
        int column = columns[index];
        if (column < 0) {
            return;
        }
        values[column] = from == to
                ? ""
                : lists[column] == null ? text(buffer, from, to) : canonical(lists[column], buffer, from, to);
    }

    private String text(char[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = buffer[i];
            if ((c < ' ' || c >= 0x7F) && (c == Ligne.REMPLACEMENT || Ligne.control(c))) {
                suspect = true;
                if (c == 0) {
                    nul = true;
                    buffer[i] = Ligne.REMPLACEMENT;
                }
            }
        }
        return new String(buffer, from, to - from);
    }

    private String canonical(String[] list, char[] buffer, int from, int to) {
        for (var value : list) {
            if (value.length() == to - from && same(value, buffer, from)) {
                return value;
            }
        }
        return text(buffer, from, to);
    }

    private static boolean same(String value, char[] buffer, int from) {
        for (int i = 0; i < value.length(); i++) {
            char c = buffer[from + i];
            char wanted = value.charAt(i);
            if (c != wanted && Character.toUpperCase(c) != Character.toUpperCase(wanted)) {
                return false;
            }
        }
        return true;
    }

    @Override
    Ligne build() {
        if (toSkip > 0) {
            toSkip--;
            return null;
        }
        Ligne.Ecart ecart = fields == columns.length ? null : new Ligne.Ecart(fields, columns.length);
        if (ecart != null && !sheet.souple()) {
            throw new IllegalStateException(
                    "ligne %d : %d colonnes, le fichier n'est plus celui dont la forme a été contrôlée"
                            .formatted(line, fields));
        }
        return new Ligne(sheet, (int) line, values, suspect, nul, ecart);
    }
}
