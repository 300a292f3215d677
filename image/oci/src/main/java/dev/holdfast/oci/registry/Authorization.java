package dev.holdfast.oci.registry;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Answers one registry's challenges for one repository (distribution-spec "token authentication"): Basic with the user's name, or Bearer
 * with a token that the challenge's realm gives, asked with {@code GET} and Basic, or with {@code POST} where an identity token is kept
 * (OAuth 2). The scope is always ours, {@code repository:NAME:pull}: registries name wrong ones. Used by several threads: a token is
 * fetched once.
 */
final class Authorization {
    private static final int MOST_BYTES = 1 << 20;

    private final String host;
    private final String repository;
    private final Credentials credentials;
    private final Sender sender;
    private String header = "";

    /** Sends a request, without anything of ours added to it. */
    interface Sender {
        HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException;
    }

    /**
     * @param host the registry that asks
     * @param repository without host
     */
    Authorization(String host, String repository, Credentials credentials, Sender sender) {
        this.host = host;
        this.repository = repository;
        this.credentials = credentials;
        this.sender = sender;
    }

    /** The value of the {@code Authorization} header to send; empty before the first challenge. */
    synchronized String header() {
        return header;
    }

    /**
     * Answers a challenge.
     *
     * @param used what was sent with the request that was challenged; when another thread has answered since, nothing is done
     * @param isPlain whether the registry itself is asked without TLS
     */
    synchronized void answer(String used, List<String> challenges, boolean isPlain) throws IOException {
        if (!header.equals(used)) {
            return;
        }
        Optional<Credential> credential = credentials.of(host + "/" + repository);
        List<Challenge> parsed = Challenge.parse(challenges);
        for (Challenge challenge : parsed) {
            if (challenge.scheme().equals("bearer")) {
                header = "Bearer " + token(challenge, credential, isPlain);
                return;
            }
        }
        for (Challenge challenge : parsed) {
            if (challenge.scheme().equals("basic")
                    && credential.isPresent()
                    && credential.get() instanceof Credential.UserPassword user) {
                header = user.basic();
                return;
            }
        }
        throw new RegistryFailure(
                parsed.isEmpty()
                        ? host + ": refuses the request and does not say how to log in"
                        : host + ": asks for a login; log in with: docker login " + host,
                401,
                Duration.ZERO);
    }

    private String token(Challenge challenge, Optional<Credential> credential, boolean isPlain) throws IOException {
        if (credential.isPresent() && credential.get() instanceof Credential.RegistryToken ready) {
            return ready.token();
        }
        URI realm = realm(challenge, isPlain);
        HttpRequest.Builder request =
                credential.isPresent() && credential.get() instanceof Credential.IdentityToken identity
                        ? post(realm, challenge, identity)
                        : get(realm, challenge, credential);
        HttpResponse<InputStream> response = sender.send(request);
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status != 200) {
                throw new RegistryFailure(refusal(realm, status, credential.isPresent()), status, Duration.ZERO);
            }
            JsonValue answer = Json.parse(body.readNBytes(MOST_BYTES), Limits.DEFAULT);
            return answer.get("token")
                    .text()
                    .or(() -> answer.get("access_token").text())
                    .filter(token -> !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 127))
                    .orElseThrow(() -> RegistryFailure.of(realm.getHost() + ": its answer holds no token"));
        } catch (InputException malformed) {
            throw RegistryFailure.of(realm.getHost() + ": its answer is no JSON");
        }
    }

    private String refusal(URI realm, int status, boolean hasCredential) {
        String why = hasCredential
                ? "does not accept the login that is kept for " + host
                : "gives no token to a stranger; log in with: docker login " + host;
        return status == 401 || status == 403
                ? realm.getHost() + ": " + why
                : realm.getHost() + ": the token server answers " + status;
    }

    private URI realm(Challenge challenge, boolean isPlain) throws IOException {
        String text = challenge.parameter("realm");
        try {
            URI realm = URI.create(text);
            boolean isUsable = "https".equals(realm.getScheme()) || isPlain && "http".equals(realm.getScheme());
            if (isUsable && realm.getHost() != null) {
                return realm;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // told below
        }
        throw new RegistryFailure(
                host + ": sends us for a token to " + SafeText.of("'" + text + "'") + ": not followed",
                401,
                Duration.ZERO);
    }

    private HttpRequest.Builder get(URI realm, Challenge challenge, Optional<Credential> credential) {
        String service = challenge.parameter("service");
        String query = (service.isEmpty() ? "" : "service=" + escaped(service) + "&") + "scope=" + escaped(scope());
        String separator = realm.getRawQuery() == null ? "?" : "&";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(realm + separator + query));
        if (credential.isPresent() && credential.get() instanceof Credential.UserPassword user) {
            request.header("Authorization", user.basic());
        }
        return request;
    }

    private HttpRequest.Builder post(URI realm, Challenge challenge, Credential.IdentityToken identity) {
        String form = "grant_type=refresh_token&client_id=holdfast&service=" + escaped(challenge.parameter("service"))
                + "&scope=" + escaped(scope()) + "&refresh_token=" + escaped(identity.token());
        return HttpRequest.newBuilder(realm)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private String scope() {
        return "repository:" + repository + ":pull";
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
