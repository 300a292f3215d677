package dev.holdfast.scan.secret;

import dev.holdfast.core.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What the search for secrets brought.
 *
 * @param findings one a value
 * @param look what was looked for; empty when nobody wanted it
 */
public record SecretsFound(List<Finding> findings, Optional<SecretsLook> look) {
    public static final SecretsFound NOT_WANTED = new SecretsFound(List.of(), Optional.empty());

    public SecretsFound {
        findings = List.copyOf(findings);
    }
}
