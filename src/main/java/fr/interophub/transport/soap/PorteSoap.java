package fr.interophub.transport.soap;

import fr.interophub.operateur.Operateur;
import fr.interophub.transport.Attentes;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Stands before our web services (decision Hostile-Input). A body is taken in whole, without holding a thread while it
 * comes, before anyone looks at it: at most {@value #MAX} bytes, within a delay, in plain SOAP 1.1; so that honest calls pass
 * whatever others send, only {@value #LOURDS_MAX} of more than {@value #LOURD} bytes are looked into at once. What is refused is read
 * to its end, without being kept, so that the caller hears why. Tells who calls when HTTP or TLS says it; whoever shows wrong
 * passwords is slowed down, never shut out ({@link Attentes}).
 */
final class PorteSoap implements Filter {

    static final int MAX = 1024 * 1024;

    /** The servlet of the services. */
    private static final String SERVICES = "cxfServletRegistration";

    /** The operator that HTTP Basic or a client certificate names, if any: an {@link Operateur}. */
    static final String OPERATEUR = "fr.interophub.soap.operateur";

    private static final long LU_MAX = 64L * MAX;
    private static final long EN_MEMOIRE_MAX = 64L * MAX;

    /** No call of the protocol is as large; so few of those that are as large are looked into at once. */
    private static final int LOURD = 64 * 1024;

    private static final int LOURDS_MAX = 4;

    private static final String AUTHORIZATION = "Authorization";
    private static final String CERTIFICATS = "jakarta.servlet.request.X509Certificate";

    private final Identification identification;
    private final Attentes attentes;
    private final Duration delai;
    private final AtomicLong enMemoire = new AtomicLong();
    private final Semaphore lourds = new Semaphore(LOURDS_MAX);

    /** Ends the waits; does no work of its own. */
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "soap-attentes");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param attentes how long who has shown wrong passwords waits
     * @param delai how long a body may take to come
     */
    PorteSoap(Identification identification, Attentes attentes, Duration delai) {
        this.identification = identification;
        this.attentes = attentes;
        this.delai = delai;
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }

    /** Why a call is not even read. */
    private record Refus(HttpStatus statut, String texte) {}

    private static final Refus TROP_GRAND = new Refus(HttpStatus.PAYLOAD_TOO_LARGE, "MESSAGE TROP GRAND");
    private static final Refus TROP_LENT = new Refus(HttpStatus.REQUEST_TIMEOUT, "MESSAGE TROP LENT");
    private static final Refus SATURATION = new Refus(HttpStatus.SERVICE_UNAVAILABLE, "SEUIL DE SATURATION DEPASSE");
    private static final Refus FORME = new Refus(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "SOAP 1.1 EN text/xml ATTENDU");
    private static final Refus ENCODAGE = new Refus(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "ENCODAGE NON ADMIS");
    private static final Refus INCONNU = new Refus(HttpStatus.UNAUTHORIZED, "ERREUR AUTHENTIFICATION");

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        if (request.getMethod().equals("GET") && contract(request.getQueryString())) {
            chain.doFilter(request, response);
        } else if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            response.sendError(HttpStatus.METHOD_NOT_ALLOWED.value());
        } else {
            take(request, response);
        }
    }

    private static boolean contract(String query) {
        return query != null
                && (query.equalsIgnoreCase("wsdl")
                        || query.toLowerCase(Locale.ROOT).startsWith("xsd="));
    }

    private void take(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        CorpsRecu corps = new CorpsRecu(request);
        Prise prise = new Prise(corps, response, request.getInputStream(), refusal(request));
        if (!prise.here()) {
            prise.follow();
            return;
        }
        try {
            if (prise.read()) {
                // Straight to the services: the filters between are made for pages and for REST.
                request.getServletContext().getNamedDispatcher(SERVICES).forward(corps, response);
            }
        } finally {
            prise.leave();
        }
    }

    /** What the headers alone say against it. */
    private static Refus refusal(HttpServletRequest request) {
        if (request.getContentLengthLong() > MAX) {
            return TROP_GRAND;
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return FORME;
        }
        try {
            MediaType type = MediaType.parseMediaType(String.valueOf(request.getContentType()));
            return type.equalsTypeAndSubtype(MediaType.TEXT_XML) || type.equalsTypeAndSubtype(MediaType.APPLICATION_XML)
                    ? null
                    : FORME;
        } catch (InvalidMediaTypeException e) {
            return FORME;
        }
    }

    private Refus identify(HttpServletRequest request) {
        String authorization = request.getHeader(AUTHORIZATION);
        X509Certificate[] certificates = (X509Certificate[]) request.getAttribute(CERTIFICATS);
        if (authorization == null && certificates == null) {
            return null;
        }
        Optional<Operateur> known = authorization != null
                ? identification.basic(authorization)
                : identification.certificate(certificates[0]);
        if (authorization != null) {
            Tentative.of(request).ifPresent(tentative -> tentative.end(known.isPresent()));
        }
        known.ifPresent(operateur -> request.setAttribute(OPERATEUR, operateur));
        return known.isPresent() ? null : INCONNU;
    }

    /** One body on its way in. One that has come with its headers, as most do, goes on in the thread that brings it. */
    private final class Prise implements ReadListener, AsyncListener {

        private final CorpsRecu corps;
        private final HttpServletResponse response;
        private final ServletInputStream in;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        private final byte[] buffer = new byte[8192];
        private long lus;
        private long gardes;
        private boolean lourd;
        private Refus refus;
        private AsyncContext async;
        private boolean admis;

        private Prise(CorpsRecu corps, HttpServletResponse response, ServletInputStream in, Refus refus) {
            this.corps = corps;
            this.response = response;
            this.in = in;
            this.refus = refus;
        }

        /**
         * Takes what has come, and tells whether that is all of it. Nothing that Tomcat holds may be left unread: its next
         * read without a thread would write over it.
         */
        boolean here() throws IOException {
            long length = corps.getRequest().getContentLengthLong();
            if (refus != null || length <= 0) {
                return false;
            }
            for (int some = in.available(); some > 0 && lus < length; some = in.available()) {
                take(in.read(buffer, 0, Math.min(some, buffer.length)));
            }
            return lus == length;
        }

        /** @return true if the call goes on at once */
        boolean read() throws IOException {
            onAllDataRead();
            return admis;
        }

        /** Does not hold the thread any longer. */
        void follow() throws IOException {
            suspend();
            in.setReadListener(this);
        }

        private void suspend() {
            async = corps.getRequest().startAsync(corps, response);
            async.setTimeout(delai.toMillis());
            async.addListener(this);
        }

        /** The thread goes; what was held is given back unless the call waits. */
        void leave() {
            if (async == null) {
                end();
            }
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (in.isReady() && !in.isFinished()) {
                int some = in.read(buffer);
                if (some < 0) {
                    return;
                }
                take(some);
                if (lus > LU_MAX) {
                    answer(TROP_GRAND);
                    return;
                }
            }
        }

        private void take(int some) {
            lus += some;
            if (refus == null && lus > MAX) {
                refus = TROP_GRAND;
            }
            if (refus == null && enMemoire.addAndGet(some) > EN_MEMOIRE_MAX) {
                enMemoire.addAndGet(-some);
                refus = SATURATION;
            } else if (refus == null) {
                gardes += some;
                bytes.write(buffer, 0, some);
            }
        }

        @Override
        public void onAllDataRead() throws IOException {
            Charset charset = refus == null ? corps.charset(bytes.toByteArray()) : null;
            if (refus == null && charset == null) {
                refus = ENCODAGE;
            }
            if (refus == null && bytes.size() > LOURD) {
                lourd = lourds.tryAcquire();
                refus = lourd ? null : SATURATION;
            }
            if (refus != null) {
                answer(refus);
            } else {
                wait(Optional.ofNullable(corps.getHeader(AUTHORIZATION))
                        .map(Identification::basicLogin)
                        .or(() -> Tentative.login(corps.octets())));
            }
        }

        /** Who has shown wrong passwords waits before the next is looked at; no thread is held meanwhile. */
        private void wait(Optional<String> login) {
            if (login.isEmpty()) {
                enter();
                return;
            }
            Tentative tentative = new Tentative(attentes, login.get(), corps);
            Attentes.Turn turn = tentative.arrive();
            Duration pause = turn.looked() ? turn.attente() : turn.refus();
            Runnable then = turn.looked() ? this::enter : () -> answer(SATURATION);
            if (pause.isZero()) {
                then.run();
            } else {
                if (async == null) {
                    suspend();
                }
                async.setTimeout(delai.plus(pause).toMillis());
                timer.schedule(() -> async.start(then), pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        private void enter() {
            Refus unknown = identify(corps);
            if (unknown != null) {
                answer(unknown);
            } else if (async == null) {
                admis = true;
            } else {
                async.dispatch();
            }
        }

        private void answer(Refus why) {
            try {
                byte[] fault = Redacteur.fault("Client", why.texte()).getBytes(StandardCharsets.UTF_8);
                response.setStatus(why.statut().value());
                if (why == INCONNU) {
                    response.setHeader("WWW-Authenticate", "Basic realm=\"SAV\"");
                }
                if (!in.isFinished()) {
                    response.setHeader("Connection", "close");
                }
                response.setContentType("text/xml;charset=UTF-8");
                response.setContentLength(fault.length);
                response.getOutputStream().write(fault);
                if (async != null) {
                    async.complete();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            answer(TROP_LENT);
        }

        @Override
        public void onError(Throwable cut) {
            async.complete();
        }

        @Override
        public void onError(AsyncEvent event) {
            // What the service throws is told by the service; a cut connection needs no answer.
        }

        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        private void end() {
            Tentative.of(corps).ifPresent(Tentative::gone);
            enMemoire.addAndGet(-gardes);
            gardes = 0;
            if (lourd) {
                lourds.release();
                lourd = false;
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
