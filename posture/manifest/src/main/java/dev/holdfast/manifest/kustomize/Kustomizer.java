package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Renders an overlay. What Kustomize refuses is refused: unknown fields, files outside of their own folder, cycles, an object twice. What it
 * would fetch or run (remote bases and charts, plug-ins) is refused too, with the reason; nothing is written anywhere. Charts beside the
 * overlay are rendered as with {@code --enable-helm}.
 */
public final class Kustomizer {
    private final Limits limits;

    public Kustomizer(Limits limits) {
        this.limits = limits;
    }

    /**
     * An object as it would be applied.
     *
     * @param root its tree; what a patch or a generator brought has the place of what it was brought into
     * @param file where the object is written, or the file that generates it
     */
    public record Rendered(Node root, Path file) {}

    /**
     * What came out, in the order of the overlay, with what was passed over.
     *
     * @param gaps what is not done as Kustomize does it, or could not be; the subject begins with the file
     * @param files what was read
     * @param charts the folders of the charts that were rendered
     */
    public record Rendering(List<Rendered> objects, List<Gap> gaps, List<Path> files, List<Path> charts) {
        public Rendering {
            objects = List.copyOf(objects);
            gaps = List.copyOf(gaps);
            files = List.copyOf(files);
            charts = List.copyOf(charts);
        }
    }

    /** The file of a folder that makes it an overlay. */
    public static Optional<Path> fileOf(Path folder) {
        for (String name : List.of("kustomization.yaml", "kustomization.yml", "Kustomization")) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Renders the overlay of a folder. */
    public Rendering render(Path folder) throws InputException, IOException {
        Reading reading = new Reading(limits);
        List<Resource> resources = new Build(reading, limits).whole(folder.toRealPath());
        List<Rendered> objects = new ArrayList<>();
        for (Resource resource : resources) {
            objects.add(new Rendered(resource.fields.node(), Path.of(resource.file)));
        }
        return new Rendering(objects, reading.gaps(), reading.files(), reading.charts());
    }
}
