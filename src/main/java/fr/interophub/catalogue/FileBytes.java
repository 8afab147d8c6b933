package fr.interophub.catalogue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file without its byte order mark; notes on the way whether they are UTF-8, strictly. */
final class FileBytes extends FilterInputStream {

    private static final int HEAD = 8;

    private final byte[] head;
    private int served;
    private boolean eof;
    private boolean utf8 = true;
    // the UTF-8 sequence in progress: bytes still due, and the bounds of the next one
    private int due;
    private int low = 0x80;
    private int high = 0xBF;

    FileBytes(InputStream in) throws IOException {
        super(in);
        head = in.readNBytes(HEAD);
        served = head.length >= 3 && starts(0xEF, 0xBB, 0xBF) ? 3 : 0;
    }

    /** True if nothing was ever in it, or a byte order mark only. */
    boolean empty() {
        return head.length == served;
    }

    /** True if it begins as zip (xlsx too), gzip, 7z or rar do. */
    boolean archive() {
        return starts('P', 'K', 3, 4)
                || starts('P', 'K', 5, 6)
                || starts('P', 'K', 7, 8)
                || starts(0x1F, 0x8B)
                || starts('7', 'z', 0xBC, 0xAF)
                || starts('R', 'a', 'r', '!', 0x1A, 0x07);
    }

    private boolean starts(int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** True once the last byte was read. */
    boolean eof() {
        return eof;
    }

    /** True if all that was read is UTF-8, no sequence left open. */
    boolean utf8() {
        return utf8 && due == 0;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count;
        if (served < head.length) {
            count = Math.min(length, head.length - served);
            System.arraycopy(head, served, buffer, offset, count);
            served += count;
        } else {
            count = in.read(buffer, offset, length);
        }
        if (count < 0) {
            eof = true;
        } else if (utf8) {
            utf8 = validate(buffer, offset, offset + count);
        }
        return count;
    }

    private boolean validate(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            int b = buffer[i];
            if (due > 0) {
                int next = b & 0xFF;
                if (next < low || next > high) {
                    return false;
                }
                due--;
                low = 0x80;
                high = 0xBF;
            } else if (b < 0 && !lead(b & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** The well-formed sequences of the Unicode standard: no overlong form, no surrogate, nothing past U+10FFFF. */
    private boolean lead(int b) {
        if (b < 0xC2 || b > 0xF4) {
            return false;
        }
        due = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        return true;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
