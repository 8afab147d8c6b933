package fr.interophub.transport.soap;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;

/** A call whose body has come in whole; its encoding is known, whatever the frameworks in between would rather have. */
final class CorpsRecu extends HttpServletRequestWrapper {

    /** All of them write ASCII as ASCII, so that a password is found and taken out in any of them. */
    private static final Set<Charset> ADMIS = Set.of(
            StandardCharsets.UTF_8,
            StandardCharsets.US_ASCII,
            StandardCharsets.ISO_8859_1,
            Charset.forName("ISO-8859-15"),
            Charset.forName("windows-1252"));

    private static final Pattern DECLARATION =
            Pattern.compile("^<\\?xml[^>]{0,60}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private byte[] octets = {};
    private Charset charset = StandardCharsets.UTF_8;

    CorpsRecu(HttpServletRequest request) {
        super(request);
    }

    /** The call that our door has taken in, whatever was put around it since. */
    static CorpsRecu of(HttpServletRequest request) {
        HttpServletRequest each = request;
        while (!(each instanceof CorpsRecu)) {
            each = (HttpServletRequest) ((HttpServletRequestWrapper) each).getRequest();
        }
        return (CorpsRecu) each;
    }

    /**
     * Takes the body; the encoding is the one of the HTTP header, else of the XML declaration, else UTF-8.
     *
     * @return null, and nothing is taken, if that encoding is not admitted
     */
    Charset charset(byte[] body) {
        boolean bom = body.length >= BOM.length && Arrays.equals(body, 0, BOM.length, BOM, 0, BOM.length);
        byte[] plain = bom ? Arrays.copyOfRange(body, BOM.length, body.length) : body;
        if (plain.length > 0 && (plain[0] & 0xFF) > 0x7E
                || plain.length > 1 && plain[1] == 0
                || plain.length > 0 && plain[0] == 0) {
            return null;
        }
        Charset said = charsetOf(plain);
        if (!ADMIS.contains(said)) {
            return null;
        }
        octets = plain;
        charset = said;
        return said;
    }

    private Charset charsetOf(byte[] plain) {
        try {
            Charset http = MediaType.parseMediaType(getContentType()).getCharset();
            if (http != null) {
                return http;
            }
            String begin = new String(plain, 0, Math.min(plain.length, 200), StandardCharsets.ISO_8859_1);
            Matcher declared = DECLARATION.matcher(begin);
            return declared.find() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    byte[] octets() {
        return octets;
    }

    @Override
    public String getCharacterEncoding() {
        return charset.name();
    }

    @Override
    public void setCharacterEncoding(String other) {
        // The caller's declaration stands.
    }

    @Override
    public int getContentLength() {
        return octets.length;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(octets), charset));
    }

    @Override
    public ServletInputStream getInputStream() {
        ByteArrayInputStream in = new ByteArrayInputStream(octets);
        return new ServletInputStream() {
            @Override
            public int read() {
                return in.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return in.read(target, offset, length);
            }

            @Override
            public boolean isFinished() {
                return in.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new IllegalStateException("already read");
            }
        };
    }
}
