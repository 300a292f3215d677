package dev.holdfast.check;

import dev.holdfast.core.Limits;
import dev.holdfast.secrets.Secret;
import dev.holdfast.secrets.SecretScanner;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells credentials from other values, by the secrets room, and names that promise one. The scanner is made when it is first needed. */
public final class Credentials {
    /** Parts of names that promise a credential, between word boundaries or at the end. */
    private static final Pattern PROMISE = Pattern.compile(
            "(?:^|[_.-])(?:passwd|password|passphrase|pwd|secret|token|apikey|api_key|access_key|secret_key|private_key|"
                    + "auth_key|client_secret|credentials?)(?:$|[_.-](?:base|key|id|value|prod|dev|default)$)|password$|passwd$|apikey$|secret$",
            Pattern.CASE_INSENSITIVE);

    /** Endings that say where a credential is, or something about it, and not what it is. */
    private static final Pattern INNOCENT = Pattern.compile(
            ".*(?:_file|_path|_dir|_url|_uri|_name|_id|_length|_expiry|_ttl|_type|_header|_endpoint|_arn|_ref|_policy|_age|"
                    + "_enabled|_required|_timeout|_lifetime|_min|_max|_public|_pub|_location|_store)$|.*public.*|kafka_.*_credentials|.*gpg.*|.*fingerprint.*|"
                    + ".*sha\\d*$|.*checksum.*|^allow_.*|^disable_.*|^enable_.*|^no_.*|^use_.*",
            Pattern.CASE_INSENSITIVE);

    private final Limits limits;
    private @Nullable SecretScanner scanner;

    public Credentials(Limits limits) {
        this.limits = limits;
    }

    /** The worst credential in a text, such as a command. */
    public Optional<Secret> in(String text) {
        if (text.length() < 6) {
            return Optional.empty();
        }
        SecretScanner ready = scanner;
        if (ready == null) {
            // fingerprints are not shown here, so the key keeps nothing apart
            ready = new SecretScanner(new byte[] {1}, limits);
            scanner = ready;
        }
        return ready.inText("", text).stream()
                .filter(secret -> !secret.isSample())
                .max(Comparator.comparing(Secret::severity));
    }

    /** The credential that a name is set to. */
    public Optional<Secret> in(String name, String value) {
        return in(name + "=" + value);
    }

    /** Whether a name promises that its value is a credential. */
    public static boolean promises(String name) {
        return PROMISE.matcher(name).find() && !INNOCENT.matcher(name).matches();
    }

    /** Whether a value could be one at all: something is written, it is no reference, no path and no placeholder. */
    public static boolean isLiteral(String value) {
        String lower = value.strip().toLowerCase(Locale.ROOT);
        boolean isWord = switch (lower) {
            case "",
                    "true",
                    "false",
                    "yes",
                    "no",
                    "null",
                    "none",
                    "0",
                    "1",
                    "changeme",
                    "change_me",
                    "xxx",
                    "todo",
                    "\"\"",
                    "''" -> true;
            default -> false;
        };
        return !isWord
                && lower.indexOf('$') < 0
                && !lower.startsWith("/")
                && !lower.startsWith("./")
                && !lower.startsWith("file:")
                && !lower.startsWith("<")
                && !lower.startsWith("{{")
                && !lower.startsWith("arn:")
                && !lower.startsWith("vault:")
                && !lower.contains("://");
    }

    /** An address without the user and password in it, so that it can be shown. */
    public static String withoutUser(String address) {
        return address.replaceFirst("://[^/@]*@", "://");
    }
}
