package dev.holdfast.oci.registry;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Credentials as {@code docker login}, {@code podman login} and their kin keep them:
 *
 * <pre>
 * { "auths":       { KEY: { "auth": base64 of USER:PASSWORD } | { "username", "password" } | { "identitytoken" } | { "registrytoken" } },
 *   "credHelpers": { HOST: NAME },      the program docker-credential-NAME knows
 *   "credsStore":  NAME }               the same for every host
 * </pre>
 *
 * KEY is a host, an address whose host counts, or (containers-auth.json) a host with the beginning of a path: the longest one that fits
 * wins. Docker Hub's key is {@code https://index.docker.io/v1/}.
 */
public final class ConfiguredCredentials implements Credentials {
    private static final long MOST_BYTES = 4 << 20;
    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private final List<Path> files;

    public ConfiguredCredentials(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /**
     * The files where the field's tools keep credentials, in the order in which they are asked.
     *
     * @param environment reads a variable; an unset one is empty
     */
    public static ConfiguredCredentials ofUser(UnaryOperator<String> environment) {
        List<Path> files = new ArrayList<>();
        add(files, environment.apply("REGISTRY_AUTH_FILE"), "");
        add(files, environment.apply("DOCKER_CONFIG"), "config.json");
        add(files, environment.apply("XDG_RUNTIME_DIR"), "containers/auth.json");
        add(files, environment.apply("HOME"), ".docker/config.json");
        add(files, environment.apply("HOME"), ".config/containers/auth.json");
        return new ConfiguredCredentials(files);
    }

    private static void add(List<Path> files, String folder, String name) {
        if (!folder.isEmpty()) {
            files.add(Path.of(folder, name));
        }
    }

    @Override
    public Optional<Credential> of(String repository) throws IOException {
        for (Path file : files) {
            if (Files.isReadable(file)) {
                Optional<Credential> found = in(read(file), repository);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static JsonValue read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + ": too large to hold credentials");
        }
        try {
            return Json.parse(Files.readAllBytes(file), Limits.DEFAULT);
        } catch (InputException malformed) {
            throw new IOException(file + ": " + malformed.getMessage(), malformed);
        }
    }

    private static Optional<Credential> in(JsonValue config, String repository) throws IOException {
        String host = host(repository);
        boolean isHub = host.equals("docker.io");
        Optional<String> helper = config.get("credHelpers").get(host).text();
        if (helper.isEmpty()) {
            helper = config.get("credsStore").text();
        }
        if (helper.isPresent() && !helper.get().isEmpty()) {
            Optional<Credential> told = CredentialProgram.named(helper.get()).ask(isHub ? HUB_KEY : host);
            if (told.isPresent()) {
                return told;
            }
        }
        return longestFit(config.get("auths"), repository, isHub);
    }

    private static Optional<Credential> longestFit(JsonValue auths, String repository, boolean isHub) {
        String best = "";
        Optional<Credential> found = Optional.empty();
        for (var entry : auths.members().entrySet()) {
            String key = entry.getKey().equals(HUB_KEY) && isHub ? "docker.io" : bare(entry.getKey());
            boolean fits = repository.equals(key) || repository.startsWith(key + "/");
            if (fits && key.length() > best.length()) {
                Optional<Credential> credential = credential(entry.getValue());
                if (credential.isPresent()) {
                    best = key;
                    found = credential;
                }
            }
        }
        return found;
    }

    /** A key without its scheme and, where it has one, its API version. */
    private static String bare(String key) {
        int scheme = key.indexOf("://");
        String bare = scheme < 0 ? key : key.substring(scheme + 3);
        while (bare.endsWith("/")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        return bare.endsWith("/v1") || bare.endsWith("/v2") ? bare.substring(0, bare.length() - 3) : bare;
    }

    private static String host(String repository) {
        int slash = repository.indexOf('/');
        return slash < 0 ? repository : repository.substring(0, slash);
    }

    private static Optional<Credential> credential(JsonValue entry) {
        Optional<String> identity = entry.get("identitytoken").text().filter(token -> !token.isEmpty());
        if (identity.isPresent()) {
            return Optional.of(new Credential.IdentityToken(identity.get()));
        }
        Optional<String> access = entry.get("registrytoken").text().filter(token -> !token.isEmpty());
        if (access.isPresent()) {
            return Optional.of(new Credential.RegistryToken(access.get()));
        }
        Optional<String> auth = entry.get("auth").text().filter(pair -> !pair.isEmpty());
        if (auth.isPresent()) {
            return decoded(auth.get());
        }
        Optional<String> user = entry.get("username").text().filter(name -> !name.isEmpty());
        return user.map(name ->
                new Credential.UserPassword(name, entry.get("password").text().orElse("")));
    }

    private static Optional<Credential> decoded(String auth) {
        try {
            String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            // Docker once padded the pair with zeros
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(new Credential.UserPassword(
                            pair.substring(0, colon), pair.substring(colon + 1).replace("\0", "")));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "ConfiguredCredentials" + SafeText.of(files.toString());
    }
}
