package fr.interophub.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * No body of more than {@value #MAX} bytes is read, a register of the network apart, whatever its length claims to be (decision
 * Hostile-Input).
 */
final class CorpsBorne extends OncePerRequestFilter {

    static final int MAX = 5 * 1024 * 1024;

    /** A register is read as a stream: {@value} bytes. */
    static final int MAX_REGISTRE = 2_000_000_000;

    private final Problemes problemes;

    CorpsBorne(Problemes problemes) {
        this.problemes = problemes;
    }

    /** The body went over the bound. */
    static final class TropGrand extends IOException {
        TropGrand() {
            super("body too large");
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int max = request.getRequestURI().startsWith("/api/v1/infra/") ? MAX_REGISTRE : MAX;
        if (request.getContentLengthLong() > max) {
            problemes.write(request, response, new Probleme(HttpStatus.PAYLOAD_TOO_LARGE, "corps-trop-grand", max));
        } else {
            chain.doFilter(new Borne(request, max), response);
        }
    }

    private static final class Borne extends HttpServletRequestWrapper {

        private final int max;

        private Borne(HttpServletRequest request, int max) {
            super(request);
            this.max = max;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream in = super.getInputStream();
            return new ServletInputStream() {
                private long read;

                private int count(int some) throws TropGrand {
                    read += Math.max(0, some);
                    if (read > max) {
                        throw new TropGrand();
                    }
                    return some;
                }

                @Override
                public int read() throws IOException {
                    int one = in.read();
                    count(one < 0 ? 0 : 1);
                    return one;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    return count(in.read(target, offset, length));
                }

                @Override
                public boolean isFinished() {
                    return in.isFinished();
                }

                @Override
                public boolean isReady() {
                    return in.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    in.setReadListener(listener);
                }
            };
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
