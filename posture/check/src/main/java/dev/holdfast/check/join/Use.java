package dev.holdfast.check.join;

import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/**
 * A container as its manifest describes it: where it says nothing, the image decides.
 *
 * @param subject what reports call it
 * @param image the name of its image
 * @param built what it is built from, where the manifest says so itself
 * @param place where what is missing would stand
 * @param user the number, or the name, that it is to run as
 * @param nonRoot the demand that it does not run as root
 * @param hasOwnUsers whether root in it is nobody outside, or there is no root
 * @param readOnlyRoot the demand that its own files cannot be written
 * @param entryPoint what is started in place of the image's entry point
 * @param arguments what is given in place of the image's command
 * @param probes other programs that are run in it
 * @param hasHealthCheck whether the manifest says how to tell that it works
 * @param ports that it is said to listen on
 * @param opensLowPorts whether every user may listen below 1024 there
 * @param mounts paths where something is mounted
 * @param platform where it is meant to run, and where that is said
 */
record Use(
        InputKind kind,
        String subject,
        Setting image,
        Optional<KnownImage> built,
        Place place,
        Optional<Setting> user,
        Optional<Setting> nonRoot,
        boolean hasOwnUsers,
        Optional<Setting> readOnlyRoot,
        Optional<Launch> entryPoint,
        Optional<Launch> arguments,
        List<Launch> probes,
        boolean hasHealthCheck,
        List<Setting> ports,
        boolean opensLowPorts,
        List<String> mounts,
        ImagePlatform platform,
        Optional<Setting> platformAt) {
    Use {
        probes = List.copyOf(probes);
        ports = List.copyOf(ports);
        mounts = List.copyOf(mounts);
    }

    /** Whether something is mounted at a path, over it, or within it. */
    boolean mountsAt(String path) {
        return mounts.stream()
                .anyMatch(mount -> mount.equals(path)
                        || path.startsWith(mount.endsWith("/") ? mount : mount + "/")
                        || mount.startsWith(path.endsWith("/") ? path : path + "/"));
    }

    /** Whether the image's own program is started, with its own arguments. */
    boolean startsAsBuilt() {
        return entryPoint.isEmpty() && arguments.isEmpty();
    }
}
