package dev.holdfast.oci.registry;

import dev.holdfast.core.net.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Requests to one registry. Answers challenges, follows redirects by hand so that credentials never leave the registry's own origin and
 * TLS is never left, and waits and tries again where the server is busy or the connection breaks. A registry on this machine may be
 * spoken to without TLS when it does not speak TLS; any other one only when the settings say so.
 */
final class Requests implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;

    private final RegistrySource source;
    private final String host;
    private final String apiHost;
    private final Patience patience;
    private final HttpClient client;
    private final Authorization authorization;
    private volatile boolean isPlain;
    private volatile boolean hasSpokenTls;

    Requests(RegistrySource source, RegistrySettings settings) throws IOException {
        this.source = source;
        this.host = source.host();
        this.apiHost = host.equals("docker.io") ? "registry-1.docker.io" : host;
        this.patience = settings.patience();
        this.isPlain = source.isPlain();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.patience().silence())
                .proxy(settings.proxy());
        HostCertificates.of(host, settings.certificates()).ifPresent(builder::sslContext);
        this.client = builder.build();
        this.authorization = new Authorization(host, source.repository(), settings.credentials(), this::send);
    }

    boolean answers(boolean isByDigest) {
        return source.answers(isByDigest);
    }

    /**
     * Asks until there is an answer or patience ends.
     *
     * @param path behind the repository, {@code /blobs/…}
     * @param accept media types that are understood
     * @param from first byte wanted; 0 asks for all
     * @return status 200 or 206; the caller closes the body
     * @throws RegistryFailure when the registry refuses
     */
    HttpResponse<InputStream> get(String path, String accept, long from) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return answered("/v2/" + source.repository() + path, accept, from);
            } catch (InterruptedIOException stopped) {
                throw stopped;
            } catch (IOException failed) {
                RegistryFailure failure = failed instanceof RegistryFailure told ? told : broken(failed);
                if (failure.isLasting() || attempt >= patience.attempts()) {
                    throw failure;
                }
                pause(attempt, failure.asksToWait());
            }
        }
    }

    /** Waits before the next attempt. */
    void pause(int attempt, Duration asked) throws InterruptedIOException {
        Duration wait = patience.before(attempt).compareTo(asked) > 0 ? patience.before(attempt) : asked;
        try {
            Thread.sleep(wait.compareTo(patience.mostWait()) > 0 ? patience.mostWait() : wait);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while waiting for " + host);
        }
    }

    private RegistryFailure broken(IOException failed) {
        String why = switch (failed) {
            case ConnectException refused -> "cannot be reached";
            case HttpTimeoutException late -> "does not answer";
            case SSLException untrusted -> "TLS fails: " + untrusted.getMessage();
            default -> failed.getMessage() == null ? "the connection broke" : failed.getMessage();
        };
        return RegistryFailure.of(host + ": " + why);
    }

    private HttpResponse<InputStream> answered(String path, String accept, long from) throws IOException {
        URI origin = origin(path);
        URI address = origin;
        boolean hasAnswered = false;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; ) {
            boolean isOurs = isSameOrigin(origin, address);
            String credential = isOurs ? authorization.header() : "";
            HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", accept);
            if (!credential.isEmpty()) {
                request.header("Authorization", credential);
            }
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            HttpResponse<InputStream> response;
            try {
                response = send(request);
            } catch (IOException noTls) {
                if (!isOurs || isPlain || !mayBePlain(noTls)) {
                    throw noTls;
                }
                isPlain = true;
                origin = origin(path);
                address = origin;
                continue;
            }
            hasSpokenTls |= !isPlain;
            int status = response.statusCode();
            if (status == 200 || status == 206) {
                return response;
            }
            response.body().close();
            if (status == 401 && isOurs && !hasAnswered) {
                hasAnswered = true;
                authorization.answer(credential, response.headers().allValues("WWW-Authenticate"), isPlain);
            } else if (status >= 301 && status <= 308 && status != 304) {
                redirects++;
                address = redirected(address, response.headers().firstValue("Location"));
            } else {
                throw new RegistryFailure(refusal(status), status, retryAfter(response));
            }
        }
        throw new RegistryFailure(host + ": redirects more than " + MOST_REDIRECTS + " times", 310, Duration.ZERO);
    }

    private URI origin(String path) {
        return URI.create((isPlain ? "http://" : "https://") + apiHost + path);
    }

    private URI redirected(URI from, Optional<String> location) throws IOException {
        try {
            URI to = from.resolve(location.orElse(""));
            boolean staysSafe = "https".equals(to.getScheme()) || isPlain && "http".equals(to.getScheme());
            if (to.getHost() != null && staysSafe) {
                return to;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // told below
        }
        throw new RegistryFailure(
                host + ": redirects to an address that is not followed (no host, or without TLS)", 310, Duration.ZERO);
    }

    private static boolean isSameOrigin(URI a, URI b) {
        return a.getScheme().equals(b.getScheme())
                && a.getHost().equalsIgnoreCase(b.getHost())
                && a.getPort() == b.getPort();
    }

    /** Whether the server is on this machine and did not understand a TLS greeting. */
    private boolean mayBePlain(IOException failed) {
        String name = host.replaceFirst(":\\d+$", "");
        boolean isLoopback = name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]");
        boolean isUnanswered = failed instanceof ConnectException
                || failed instanceof HttpTimeoutException
                || failed instanceof InterruptedIOException;
        boolean isDistrusted = failed.getCause() instanceof GeneralSecurityException
                || failed instanceof SSLException told && told.getCause() instanceof GeneralSecurityException;
        return isLoopback && !hasSpokenTls && !isUnanswered && !isDistrusted;
    }

    private String refusal(int status) {
        return switch (status) {
            case 401, 403 ->
                host + ": access denied (" + status + "): there is no such image, or it is private: docker login "
                        + host;
            case 404 -> host + ": not found (404)";
            case 429 -> host + ": too many requests (429); log in, or try again later";
            default -> host + ": the registry answers " + status;
        };
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String text = response.headers().firstValue("Retry-After").orElse("");
        if (text.matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try { // a date; how far away it is, the server's own clock tells
            Instant until = date(text);
            Duration wait =
                    Duration.between(date(response.headers().firstValue("Date").orElse(text)), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException notADate) {
            return Duration.ZERO;
        }
    }

    private static Instant date(String text) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
        HttpRequest whole = request.timeout(patience.silence())
                .setHeader("User-Agent", "holdfast")
                .build();
        try {
            return client.send(whole, BodyHandlers.ofInputStream());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while asking " + host);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
