package dev.holdfast.oci.registry;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program {@code docker-credential-NAME} that keeps credentials (docker-credential-helpers protocol): run with {@code get}, it reads a
 * host from standard input and prints {@code { "ServerURL", "Username", "Secret" }}. No shell is involved, its output goes nowhere else,
 * and it has ten seconds.
 */
final class CredentialProgram {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    private static final int MOST_BYTES = 1 << 20;
    private static final int SECONDS = 10;

    private final String program;

    private CredentialProgram(String program) {
        this.program = program;
    }

    static CredentialProgram named(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException("the credential helper's name is " + SafeText.of("'" + name + "'") + ": not run");
        }
        return new CredentialProgram("docker-credential-" + name);
    }

    /** What the helper knows for a host; empty when it knows nothing. */
    Optional<Credential> ask(String host) throws IOException {
        Process process = new ProcessBuilder(program, "get")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(host.getBytes(StandardCharsets.UTF_8));
            } catch (IOException didNotListen) {
                // what it prints and its exit code tell
            }
            Thread limit = Thread.ofVirtual().start(() -> endLate(process));
            byte[] answer;
            try (InputStream out = process.getInputStream()) {
                answer = out.readNBytes(MOST_BYTES);
            }
            int exit = process.waitFor();
            limit.interrupt();
            return exit == 0 ? credential(answer) : notFound(answer, exit);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while asking " + program);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException done) {
            // it ended by itself
        }
    }

    private Optional<Credential> notFound(byte[] answer, int exit) throws IOException {
        String text = new String(answer, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        if (text.contains("not found") || text.contains("no credentials")) {
            return Optional.empty();
        }
        throw new IOException(program + " failed with exit code " + exit + "; try: " + program + " get");
    }

    private Optional<Credential> credential(byte[] answer) throws IOException {
        try {
            JsonValue told = Json.parse(answer, Limits.DEFAULT);
            String user = told.get("Username").text().orElse("");
            String secret = told.get("Secret").text().orElse("");
            if (secret.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    user.equals("<token>")
                            ? new Credential.IdentityToken(secret)
                            : new Credential.UserPassword(user, secret));
        } catch (InputException malformed) {
            throw new IOException(program + " printed no JSON"); // its text may hold a secret
        }
    }
}
