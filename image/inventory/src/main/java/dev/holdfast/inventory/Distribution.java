package dev.holdfast.inventory;

import java.util.List;
import java.util.Optional;

/**
 * The distribution that a target says it is.
 *
 * @param id {@code ID} of os-release, lower case: {@code debian}, {@code alpine}, {@code rhel}, {@code opensuse-leap}, {@code amzn}, …
 * @param version {@code VERSION_ID}; empty when the file has none (Debian testing and unstable, Arch)
 * @param name the pretty name
 * @param codename {@code VERSION_CODENAME}; empty when there is none
 * @param like {@code ID_LIKE}, in order
 * @param path the file it was read from
 */
public record Distribution(
        String id, String version, String name, Optional<String> codename, List<String> like, String path) {
    public Distribution {
        like = List.copyOf(like);
    }
}
