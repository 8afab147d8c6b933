package fr.interophub.transport;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Calls of the partners' own HTTP services. No thread waits for the answer, and the whole of it is bounded in time. */
public final class ClientHttp {

    private final HttpClient http;
    private final Duration delai;

    /**
     * @param tls what we show and whom we trust; null: the JVM's own
     * @param connexion how long a connection may take
     * @param delai how long a partner may take to answer, to the last byte
     */
    public ClientHttp(SSLContext tls, Duration connexion, Duration delai) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connexion)
                .followRedirects(HttpClient.Redirect.NEVER);
        this.http = (tls == null ? builder : builder.sslContext(tls)).build();
        this.delai = delai;
    }

    /**
     * No answer came.
     *
     * @param constat in French, for the desk
     * @param inconnu true when the partner may have taken what was said all the same
     */
    public record SansReponse(String constat, boolean inconnu) {}

    /** Calls, and makes of the answer, or of its absence, what the caller wants to know. */
    public <B, T> CompletableFuture<T> call(
            HttpRequest request,
            BodyHandler<B> body,
            Function<HttpResponse<B>, T> answered,
            Function<SansReponse, T> silent) {
        CompletableFuture<HttpResponse<B>> call = http.sendAsync(request, body);
        CompletableFuture<HttpResponse<B>> limited = call.copy().orTimeout(delai.toMillis(), TimeUnit.MILLISECONDS);
        return limited.handle((response, failure) -> {
            call.cancel(true);
            return failure == null ? answered.apply(response) : silent.apply(silence(failure));
        });
    }

    private static SansReponse silence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return new SansReponse("aucune réponse dans le délai", true);
        }
        if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException) {
            return new SansReponse("connexion impossible", false);
        }
        if (cause instanceof SSLException) {
            return new SansReponse("TLS refusé : " + cause.getMessage(), false);
        }
        return new SansReponse("liaison coupée : " + cause.getMessage(), true);
    }
}
