package dev.holdfast.check.host;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.check.host.HostRoot.HostFile;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges a host by the files below its root. What is not installed there is not judged. */
public final class HostInspection {
    private HostInspection() {}

    /** Whether a folder is the root of a host that runs containers: it has a password file and an engine or a node. */
    public static boolean isHost(Path folder) {
        return Files.isRegularFile(folder.resolve("etc/passwd"))
                && (Files.isDirectory(folder.resolve("etc/docker"))
                        || Files.isDirectory(folder.resolve("etc/kubernetes"))
                        || Files.isDirectory(folder.resolve("var/lib/kubelet")));
    }

    /** Every rule that it may give results of. */
    public static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(DockerInspection.rules());
        rules.addAll(ControlPlaneInspection.rules());
        rules.addAll(KubeletInspection.rules());
        FileDemand.all().forEach(demand -> rules.addAll(List.of(demand.permissions(), demand.owner())));
        return rules.stream().distinct().toList();
    }

    /** Judges the host of this root. */
    public static void inspect(Path root, Limits limits, Findings findings) {
        HostFiles files = new HostFiles(root, limits, findings);
        if (files.root().has("/etc/docker") || files.root().has("/usr/bin/dockerd")) {
            new DockerInspection(files).inspect();
            FileDemand.ENGINE.forEach(demand -> judge(demand, files));
        }
        if (files.root().has("/etc/kubernetes") || files.root().has("/var/lib/kubelet")) {
            new ControlPlaneInspection(files).inspect();
            new KubeletInspection(files).inspect();
            FileDemand.KUBERNETES_FILES.forEach(demand -> judge(demand, files));
        }
    }

    /** Judges whose the files of a demand are, and what they grant. */
    static void judge(FileDemand demand, HostFiles files) {
        List<String> paths =
                demand.isFolder() ? List.of(demand.folder()) : files.root().files(demand.folder(), demand.isMeant());
        for (String path : paths) {
            files.root().file(path).ifPresent(file -> judge(demand, file, files));
        }
    }

    private static void judge(FileDemand demand, HostFile file, HostFiles files) {
        Findings here = files.in(file.path());
        if (file.grantsBeyond(demand.allowed())) {
            here.fail(demand.permissions(), file.path(), Place.START)
                    .says(file.path() + " has the permissions " + octal(file.mode()) + ", more than "
                            + octal(demand.allowed()) + "; "
                            + demand.permissions().why())
                    .fix("chmod " + octal(demand.allowed()) + " " + file.path())
                    .add();
        } else {
            here.pass(demand.permissions(), file.path(), Place.START);
        }
        String group = demand.group().isEmpty() ? "root" : demand.group();
        // The store runs under an account of its own.
        boolean isOfTheStore = file.path().equals("/var/lib/etcd") && file.uid() == files.idOf("/etc/passwd", "etcd");
        if (isOfTheStore || file.uid() == 0 && (file.gid() == 0 || file.gid() == files.idOf("/etc/group", group))) {
            here.pass(demand.owner(), file.path(), Place.START);
        } else {
            here.fail(demand.owner(), file.path(), Place.START)
                    .says(file.path() + " belongs to " + file.uid() + ":" + file.gid() + ", not to root:" + group + "; "
                            + demand.owner().why())
                    .fix("chown root:" + group + " " + file.path())
                    .add();
        }
    }

    private static String octal(int mode) {
        return String.format(Locale.ROOT, "%o", mode);
    }
}
