package dev.holdfast.scan.observe;

import dev.holdfast.core.Gap;
import dev.holdfast.scan.secret.SecretsFound;
import java.util.List;

/**
 * What a target was seen to be, before anything is judged: a function of its bytes alone.
 *
 * @param subject what it is and what is inside
 * @param secrets what lies open in it
 * @param gaps what could not be seen, sorted
 */
public record Observation(Subject subject, SecretsFound secrets, List<Gap> gaps) {
    public Observation {
        gaps = List.copyOf(gaps);
    }
}
