package dev.holdfast.check.join;

import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import java.util.List;

/** Volumes that an image declares under a root file system that may not be written. */
final class FilesFit implements Fit {
    private static final Rule NOT_MOUNTED = Rule.of(
            "image-volume-not-mounted",
            LOW,
            "mounts nothing where its image keeps data",
            "some runtimes put a folder of the node there, without a limit and lost with the container; with CRI-O it cannot be"
                    + " written, because the root file system is read-only",
            KUBERNETES);

    @Override
    public List<Rule> rules() {
        return List.of(NOT_MOUNTED);
    }

    @Override
    public void judge(Use use, KnownImage image, Findings out) {
        if (use.readOnlyRoot().isEmpty() || use.kind() != KUBERNETES) {
            return;
        }
        Setting at = use.readOnlyRoot().get();
        List<Setting> bare = image.volumes().stream()
                .filter(volume -> !use.mountsAt(volume.text()))
                .toList();
        if (bare.isEmpty()) {
            out.in(at.path()).pass(NOT_MOUNTED, use.subject(), at.place());
            return;
        }
        List<String> paths = bare.stream().map(Setting::text).distinct().toList();
        out.in(at.path())
                .fail(NOT_MOUNTED, use.subject(), at.place())
                .says(use.subject() + " has readOnlyRootFilesystem: true, and mounts nothing at "
                        + String.join(", ", paths) + ", where " + use.image().text() + " has a VOLUME ("
                        + bare.getFirst().where() + "); " + NOT_MOUNTED.why())
                .fix("an emptyDir with a sizeLimit, or a claim, at " + paths.getFirst())
                .add();
    }
}
