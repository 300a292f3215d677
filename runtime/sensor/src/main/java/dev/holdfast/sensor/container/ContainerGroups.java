package dev.holdfast.sensor.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The containers that run now, each with the control group that holds all of it: asked once, for who wants to act on them. What lies below a
 * container's group is the container's, containers that it runs itself included. The monitors of Podman and CRI-O, whose groups are named
 * after their container, are none.
 */
public final class ContainerGroups {
    private static final Pattern MONITOR = Pattern.compile("(?:crio|libpod)-conmon-.*");

    /**
     * A container's group.
     *
     * @param id of the group: the inode of its folder
     * @param path in its hierarchy
     * @param identity known, or unknown when no engine's file tells about it
     */
    public record Group(long id, String path, Identity identity) {
        /** Whether this group holds the one at a path, or is it. */
        public boolean holds(String other) {
            return other.equals(path) || other.startsWith(path + "/");
        }
    }

    private ContainerGroups() {}

    /** Looks through a hierarchy. */
    public static List<Group> in(CgroupTree tree, ContainerFinder finder) {
        List<Group> found = new ArrayList<>();
        for (Map.Entry<Long, String> group : tree.groups().entrySet()) {
            String path = group.getValue();
            boolean isInside = found.stream().anyMatch(other -> other.holds(path));
            if (!isInside && !path.equals("/")) {
                identity(path, finder).ifPresent(identity -> found.add(new Group(group.getKey(), path, identity)));
            }
        }
        return List.copyOf(found);
    }

    private static Optional<Identity> identity(String path, ContainerFinder finder) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (MONITOR.matcher(last).matches()) {
            return Optional.empty();
        }
        Optional<CgroupName> certain = CgroupName.certain(last.isEmpty() ? path : lastTwo(path));
        if (certain.isPresent()) {
            Optional<Container> container = finder.find(certain.get(), Optional.empty());
            return Optional.of(container
                    .<Identity>map(Identity.Known::new)
                    .orElseGet(() -> new Identity.Unknown(
                            certain.get().id(), certain.get().engine())));
        }
        if (last.endsWith(".slice") || last.endsWith(".service")) {
            return Optional.empty();
        }
        return CgroupName.possible(last).stream()
                .map(name -> finder.find(name, Optional.empty()))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Identity.Known::new);
    }

    /** The last part says which container it is, the one before whose it is. */
    private static String lastTwo(String path) {
        int slash = path.lastIndexOf('/');
        return path.substring(Math.max(0, path.lastIndexOf('/', slash - 1)));
    }
}
