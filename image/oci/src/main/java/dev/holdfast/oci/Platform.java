package dev.holdfast.oci;

import java.util.Optional;

/**
 * A platform as the OCI image index names it.
 *
 * @param os such as {@code linux}
 * @param architecture GOARCH, such as {@code amd64}
 * @param variant such as {@code v7}; empty when there is none
 */
public record Platform(String os, String architecture, String variant) {

    /** Reads {@code os/architecture[/variant]}. */
    public static Optional<Platform> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : ""));
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? os + "/" + architecture : os + "/" + architecture + "/" + variant;
    }
}
