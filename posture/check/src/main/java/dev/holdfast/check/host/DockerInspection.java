package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.CRITICAL;
import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a Docker daemon by its file, its units, who may command it, and who watches. */
final class DockerInspection {
    private static final String DAEMON_FILE = "/etc/docker/daemon.json";

    private static final Rule GROUP = Demand.rule(
            "docker-group-members",
            HIGH,
            "users may command the daemon",
            "a member of the group docker starts a container that is root on the host");
    private static final Rule PARTITION = Demand.rule(
            "partition-for-docker-root",
            LOW,
            "containers share a partition with the host",
            "images and logs of containers fill the host's disk");
    private static final Rule SOCKET = Demand.rule(
            "docker-socket-open",
            CRITICAL,
            "the daemon's socket lets others in",
            "whoever reaches it starts a container that is root on the host");

    private final HostFiles files;
    private final HostRoot root;

    DockerInspection(HostFiles files) {
        this.files = files;
        this.root = files.root();
    }

    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(List.of(GROUP, PARTITION, SOCKET));
        rules.addAll(Engine.rules());
        rules.addAll(SwarmState.rules());
        rules.addAll(Containment.rules());
        AuditRules.WATCHES.forEach(watch -> rules.add(watch.rule()));
        return rules;
    }

    void inspect() {
        daemon();
        socket();
        audit();
        group();
        SwarmState.inspect(files);
    }

    private void daemon() {
        Flags flags = Flags.of(SystemdUnit.of(root, "docker.service").command(root));
        Optional<Node> file = files.read(DAEMON_FILE);
        if (file.isEmpty() && root.has(DAEMON_FILE)) {
            return; // it is told as a gap, and nothing is claimed about a daemon that will not start
        }
        EngineSettings settings = new EngineSettings(file.orElse(new Node.Mapping(List.of(), Place.START)), flags);
        for (Engine.SettingDemand demand : Engine.DEMANDS) {
            Findings here = files.in(settings.unitOf(demand.key()).orElse(DAEMON_FILE));
            Optional<String> wrong = demand.failure().apply(settings);
            Place place = settings.place(demand.key());
            if (wrong.isPresent()) {
                here.fail(demand.rule(), "dockerd", place)
                        .says(wrong.get() + "; " + demand.rule().why())
                        .fix(demand.fix())
                        .add();
            } else {
                here.pass(demand.rule(), "dockerd", place);
            }
        }
        files.in(DAEMON_FILE).notAssessed(PARTITION, "dockerd", Place.START, "only the running host knows its mounts");
        Containment.inspect(files, settings);
        FileDemand.ofDaemon(settings, root).forEach(demand -> HostInspection.judge(demand, files));
    }

    /** The unit that holds the socket for the daemon: what it listens on, and for whom. */
    private void socket() {
        SystemdUnit unit = SystemdUnit.of(root, "docker.socket");
        if (unit.isEmpty()) {
            return;
        }
        boolean isOpen = false;
        for (SystemdUnit.Line line : unit.values("Socket", "ListenStream")) {
            boolean isLocal = line.value().startsWith("/")
                    || line.value().startsWith("%")
                    || line.value().startsWith("@")
                    || line.value().matches("(127\\.[0-9.]+|\\[::1\\]|localhost):\\d+");
            if (!isLocal) {
                tell(line, "docker.socket listens on the network, at " + line.value());
                isOpen = true;
            }
        }
        List<SystemdUnit.Line> modes = unit.values("Socket", "SocketMode");
        if (!modes.isEmpty()) {
            SystemdUnit.Line last = modes.getLast();
            boolean isForAll = last.value().matches("0?[0-7]?[0-7]{2}[1-7]");
            if (isForAll) {
                tell(
                        last,
                        "docker.socket has SocketMode=" + last.value()
                                + ", so every user of the host may command the daemon");
            }
            isOpen |= isForAll;
        }
        if (!isOpen) {
            files.in("/lib/systemd/system/docker.socket").pass(SOCKET, "docker.socket", Place.START);
        }
    }

    private void tell(SystemdUnit.Line line, String what) {
        files.in(line.file())
                .fail(SOCKET, "docker.socket", line.place())
                .says(what + "; " + SOCKET.why())
                .fix("ListenStream=/run/docker.sock, SocketMode=0660, SocketGroup=docker")
                .add();
    }

    private void audit() {
        AuditRules rules = AuditRules.read(root);
        Findings here = files.in("/etc/audit/rules.d");
        for (AuditRules.Watch watch : AuditRules.WATCHES) {
            Optional<String> path = watch.paths().stream().filter(root::has).findFirst();
            if (path.isEmpty()) {
                here.notApplicable(
                        watch.rule(),
                        "auditd",
                        Place.START,
                        "there is no " + watch.paths().getFirst());
            } else if (rules.watches(path.get())) {
                here.pass(watch.rule(), "auditd", Place.START);
            } else {
                here.fail(watch.rule(), "auditd", Place.START)
                        .says("no audit rule watches " + path.get() + "; "
                                + watch.rule().why())
                        .fix("-w " + path.get() + " -k docker")
                        .add();
            }
        }
    }

    private void group() {
        Optional<String> line = root.text("/etc/group").stream()
                .flatMap(String::lines)
                .filter(each -> each.startsWith("docker:"))
                .findFirst();
        Findings here = files.in("/etc/group");
        String members =
                line.map(each -> each.substring(each.lastIndexOf(':') + 1)).orElse("");
        if (members.isBlank()) {
            here.pass(GROUP, "group docker", Place.START);
        } else {
            here.fail(GROUP, "group docker", Place.START)
                    .says("the group docker has members: " + members.replace(",", ", ") + "; " + GROUP.why())
                    .fix("keep only accounts that may be root; or run the daemon rootless")
                    .add();
        }
    }
}
