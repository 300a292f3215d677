package dev.holdfast.oci.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What proves to a registry who asks. Never printed. */
public sealed interface Credential {
    /** A user's name and password, or what stands for a password. */
    record UserPassword(String user, String password) implements Credential {
        /** The value of an {@code Authorization} header (RFC 7617). */
        String basic() {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "UserPassword[hidden]";
        }
    }

    /** A refresh token, traded for access tokens (OAuth 2). */
    record IdentityToken(String token) implements Credential {
        @Override
        public String toString() {
            return "IdentityToken[hidden]";
        }
    }

    /** An access token, used as it is. */
    record RegistryToken(String token) implements Credential {
        @Override
        public String toString() {
            return "RegistryToken[hidden]";
        }
    }
}
