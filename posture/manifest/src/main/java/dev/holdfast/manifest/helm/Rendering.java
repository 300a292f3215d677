package dev.holdfast.manifest.helm;

import dev.holdfast.core.Gap;
import java.util.List;

/**
 * A chart, rendered.
 *
 * @param name the chart's name
 * @param files what its templates became, sub-charts included, by their paths
 * @param gaps what could not be rendered, each with its place in the chart and the reason
 * @param placeholders functions that give another value on each installation, such as {@code randAlphaNum}, and gave a fixed one
 */
public record Rendering(String name, List<RenderedFile> files, List<Gap> gaps, List<String> placeholders) {
    public Rendering {
        files = List.copyOf(files);
        gaps = List.copyOf(gaps);
        placeholders = List.copyOf(placeholders);
    }
}
