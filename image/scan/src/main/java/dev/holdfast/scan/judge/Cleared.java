package dev.holdfast.scan.judge;

import dev.holdfast.core.PackageUrl;
import java.util.List;

/**
 * A flaw that some source says a component has, and that an authority says it has not: no finding, but worth a statement.
 *
 * @param id the flaw
 * @param aliases its other names
 * @param component the package
 * @param isFixed whether it was fixed; else it does not affect
 * @param reason why, in a clause
 */
public record Cleared(String id, List<String> aliases, PackageUrl component, boolean isFixed, String reason) {
    public Cleared {
        aliases = List.copyOf(aliases);
    }
}
