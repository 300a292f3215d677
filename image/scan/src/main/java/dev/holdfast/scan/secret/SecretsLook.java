package dev.holdfast.scan.secret;

import dev.holdfast.secrets.Secret;
import java.util.List;

/**
 * What the search for secrets looked for, and what it passed over although it has the form of one.
 *
 * @param kinds how many kinds were looked for
 * @param samples values that vendors publish in their documentation: known to all, so that they open nothing
 */
public record SecretsLook(int kinds, List<Secret> samples) {
    public SecretsLook {
        samples = List.copyOf(samples);
    }
}
