package dev.holdfast.manifest.helm;

import dev.holdfast.manifest.template.TemplateFault;
import java.util.Optional;

/**
 * Where a value of a rendered object comes from, beyond its place in the template.
 *
 * @param key the key of the value that gave it: {@code image.tag}; empty when the template says it itself
 * @param isCondition whether the value only decided that it is there
 * @param file where that value is written, with the line: {@code values.yaml:12}; empty when it was set by hand, or nowhere
 * @param partial the line of another template that the template includes, when that wrote it
 */
public record Trail(
        Optional<String> key, boolean isCondition, Optional<String> file, Optional<TemplateFault.Spot> partial) {
    /** The same for a value that would stand below this one. */
    public Trail below(String keys) {
        return new Trail(key.map(name -> name + "." + keys), isCondition, file, partial);
    }

    /** For a person: {@code values key image.tag (values.yaml:12)}; empty when there is nothing to say. */
    public String text() {
        String from = key.map(name -> (isCondition ? "decided by values key " : "values key ")
                        + name
                        + file.map(line -> " (" + line + ")").orElse(""))
                .orElse("");
        String through = partial.map(spot -> "written in " + spot.template() + ":" + spot.line())
                .orElse("");
        return from + (from.isEmpty() || through.isEmpty() ? "" : ", ") + through;
    }
}
