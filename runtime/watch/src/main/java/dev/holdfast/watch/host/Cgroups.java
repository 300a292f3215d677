package dev.holdfast.watch.host;

import java.util.List;
import java.util.Optional;

/**
 * Finds the container in the paths of control groups. Engines name the group of a container after its id:
 *
 * <pre>
 *   docker-ID.scope   /docker/ID      cri-containerd-ID.scope   crio-ID.scope   libpod-ID[.scope]   nerdctl-ID.scope
 *   …:cri-containerd:ID               /kubepods…/pod…/ID        /lxc/NAME  /lxc.payload/NAME  /lxc.payload.NAME
 * </pre>
 *
 * An ID has 64 hexadecimal digits; a group whose last part is only such an id is a container too.
 */
public final class Cgroups {
    private static final int ID = 64;

    private static final List<Form> FORMS = List.of(
            new Form("docker-", "docker"),
            new Form("cri-containerd-", "cri"),
            new Form("containerd-", "containerd"),
            new Form("nerdctl-", "containerd"),
            new Form("crio-", "cri-o"),
            new Form("libpod-payload-", "podman"),
            new Form("libpod-", "podman"));

    private record Form(String prefix, String type) {}

    private Cgroups() {}

    /** The first container that one of these names; paths may have a controller and {@code =} in front. */
    public static Optional<Container> containerOf(List<String> cgroups) {
        for (String cgroup : cgroups) {
            Optional<Container> found = containerOf(cgroup.substring(cgroup.indexOf('=') + 1));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The container of one path. */
    public static Optional<Container> containerOf(String path) {
        int end = path.length();
        while (end > 0) {
            int slash = path.lastIndexOf('/', end - 1);
            Optional<Container> found = ofPart(path.substring(slash + 1, end), path.substring(0, slash + 1));
            if (found.isPresent()) {
                return found;
            }
            end = Math.max(0, slash);
        }
        return Optional.empty();
    }

    private static Optional<Container> ofPart(String part, String before) {
        String name = part.endsWith(".scope") ? part.substring(0, part.length() - ".scope".length()) : part;
        for (Form form : FORMS) {
            if (name.startsWith(form.prefix) && isId(name.substring(form.prefix.length()))) {
                return Optional.of(Container.known(name.substring(form.prefix.length()), form.type));
            }
        }
        int criName = name.lastIndexOf(":cri-containerd:");
        if (criName >= 0 && isId(name.substring(criName + ":cri-containerd:".length()))) {
            return Optional.of(Container.known(name.substring(criName + ":cri-containerd:".length()), "cri"));
        }
        if (isId(name)) {
            return Optional.of(Container.known(name, before.contains("kubepods") ? "cri" : "docker"));
        }
        if (before.endsWith("/lxc/") || before.endsWith("/lxc.payload/")) {
            return name.isEmpty() ? Optional.empty() : Optional.of(Container.known(name, "lxc"));
        }
        return name.startsWith("lxc.payload.") && name.length() > "lxc.payload.".length()
                ? Optional.of(Container.known(name.substring("lxc.payload.".length()), "lxc"))
                : Optional.empty();
    }

    private static boolean isId(String text) {
        if (text.length() != ID) {
            return false;
        }
        for (int i = 0; i < ID; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
