package fr.interophub.catalogue;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;

/** What both passes over a file tell the parser: no comments, no headers of its own, an empty line is no record. */
abstract class RecordHandler<T> extends CsvCallbackHandler<T> {

    /** The physical line that the record in hand begins on. */
    long line;

    /** How many of its fields have been read. */
    int fields;

    /** True when its first field is nothing but white space. */
    boolean blank;

    @Override
    protected void beginRecord(long startingLineNumber) {
        line = startingLineNumber;
        fields = 0;
        blank = false;
    }

    /** What a record that is not empty gives; null to leave it out. */
    abstract T build();

    @Override
    protected final T buildRecord() {
        return fields == 0 || fields == 1 && blank ? null : build();
    }

    @Override
    protected final void setEmpty() {
        fields = 0;
    }

    @Override
    protected final void setComment(char[] buffer, int offset, int length) {
        throw new IllegalStateException("no comments in these files");
    }

    @Override
    protected final RecordType getRecordType() {
        return RecordType.DATA;
    }

    @Override
    protected final int getFieldCount() {
        return fields;
    }
}
