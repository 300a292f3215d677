package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.check.host.Flags.Word;
import dev.holdfast.check.host.HostRoot.HostFile;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges a host by the files below its root. What is not installed there is not judged. */
public final class HostInspection {
    private static final String DAEMON_FILE = "/etc/docker/daemon.json";
    private static final String KUBELET_FILE = "/var/lib/kubelet/config.yaml";
    private static final String MANIFESTS = "/etc/kubernetes/manifests";

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

    private final HostRoot root;
    private final Limits limits;
    private final Findings findings;

    private HostInspection(Path root, Limits limits, Findings findings) {
        this.root = new HostRoot(root, limits);
        this.limits = limits;
        this.findings = findings;
    }

    /** Whether a folder is the root of a host that runs containers: it has a password file and an engine or a node. */
    public static boolean isHost(Path folder) {
        return Files.isRegularFile(folder.resolve("etc/passwd"))
                && (Files.isDirectory(folder.resolve("etc/docker"))
                        || Files.isDirectory(folder.resolve("etc/kubernetes"))
                        || Files.isDirectory(folder.resolve("var/lib/kubelet")));
    }

    /** Every rule that it may give results of. */
    public static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(List.of(GROUP, PARTITION));
        rules.addAll(Engine.rules());
        rules.addAll(ControlPlane.rules());
        rules.addAll(Kubelet.rules());
        rules.addAll(EncryptionAtRest.rules());
        AuditRules.WATCHES.forEach(watch -> rules.add(watch.rule()));
        FileDemand.ENGINE.forEach(demand -> rules.addAll(List.of(demand.permissions(), demand.owner())));
        FileDemand.KUBERNETES_FILES.forEach(demand -> rules.addAll(List.of(demand.permissions(), demand.owner())));
        return rules.stream().distinct().toList();
    }

    /** Judges the host of this root. */
    public static void inspect(Path root, Limits limits, Findings findings) {
        HostInspection inspection = new HostInspection(root, limits, findings);
        if (inspection.root.has("/etc/docker") || inspection.root.has("/usr/bin/dockerd")) {
            inspection.engine();
            inspection.files(FileDemand.ENGINE);
            inspection.audit();
            inspection.group();
        }
        if (inspection.root.has("/etc/kubernetes") || inspection.root.has("/var/lib/kubelet")) {
            inspection.controlPlane();
            inspection.kubelet();
            inspection.files(FileDemand.KUBERNETES_FILES);
        }
    }

    private void engine() {
        Flags flags = Flags.of(unitWords("dockerd"));
        Optional<Node> file = read(DAEMON_FILE);
        if (file.isEmpty() && root.has(DAEMON_FILE)) {
            return; // it is told as a gap, and nothing is claimed about a daemon that will not start
        }
        EngineSettings settings = new EngineSettings(file.orElse(new Node.Mapping(List.of(), Place.START)), flags);
        Findings here = findings.in(DAEMON_FILE);
        for (Engine.SettingDemand demand : Engine.DEMANDS) {
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
        here.notAssessed(PARTITION, "dockerd", Place.START, "only the running host knows its mounts");
    }

    /** The words with which the unit of a program starts it; the last {@code ExecStart} of the unit and its additions counts. */
    private List<Word> unitWords(String program) {
        List<String> files = new ArrayList<>();
        for (String folder : List.of("/usr/lib/systemd/system", "/lib/systemd/system", "/etc/systemd/system")) {
            files.add(folder + "/docker.service");
            files.addAll(root.files(folder + "/docker.service.d", name -> name.endsWith(".conf")));
        }
        List<Word> words = List.of();
        for (String file : files) {
            for (String line : root.text(file).map(text -> text.replace("\\\n", " ")).stream()
                    .flatMap(String::lines)
                    .toList()) {
                if (line.startsWith("ExecStart=") && line.contains(program)) {
                    words = List.of(line.substring("ExecStart=".length())
                                    .strip()
                                    .split("\\s+", -1))
                            .stream()
                            .map(word -> new Word(word, Place.START))
                            .toList();
                }
            }
        }
        return words;
    }

    private void audit() {
        AuditRules rules = AuditRules.read(root);
        Findings here = findings.in("/etc/audit/rules.d");
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
        Findings here = findings.in("/etc/group");
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

    private void controlPlane() {
        for (String file : root.files(MANIFESTS, name -> name.endsWith(".yaml") || name.endsWith(".json"))) {
            read(file).ifPresent(pod -> {
                for (Node container :
                        pod.at("spec", "containers").map(Node::elements).orElse(List.of())) {
                    List<Word> words = words(container);
                    String program = words.isEmpty() ? "" : words.getFirst().text();
                    String name = program.substring(program.lastIndexOf('/') + 1);
                    component(file, name, Flags.of(words), container.place());
                }
            });
        }
    }

    private static List<Word> words(Node container) {
        List<Word> words = new ArrayList<>();
        for (String key : List.of("command", "args")) {
            for (Node word : container.get(key).map(Node::elements).orElse(List.of())) {
                word.textAt().ifPresent(text -> words.add(new Word(text, word.place())));
            }
        }
        return words;
    }

    private void component(String file, String program, Flags flags, Place container) {
        Findings here = findings.in(file);
        for (Demand demand : ControlPlane.DEMANDS.getOrDefault(program, List.of())) {
            Optional<String> wrong = demand.failure().apply(flags);
            Place place = flags.get(demand.option()).map(Flags.Setting::place).orElse(container);
            if (wrong.isPresent()) {
                here.fail(demand.rule(), program, place)
                        .says(wrong.get() + "; " + demand.rule().why())
                        .fix(demand.fix())
                        .add();
            } else {
                here.pass(demand.rule(), program, place);
            }
        }
        if (program.equals("kube-apiserver")) {
            flags.get("encryption-provider-config")
                    .ifPresent(setting -> new EncryptionAtRest(findings)
                            .inspect(setting.value(), root.has(setting.value()), read(setting.value())));
        }
    }

    private void kubelet() {
        Optional<Node> file = read(KUBELET_FILE);
        if (file.isEmpty()) {
            for (Rule rule : Kubelet.rules()) {
                findings.in(KUBELET_FILE)
                        .notAssessed(rule, "kubelet", Place.START, "there is no readable " + KUBELET_FILE);
            }
            return;
        }
        Findings here = findings.in(KUBELET_FILE);
        for (Kubelet.FieldDemand demand : Kubelet.DEMANDS) {
            Optional<String> wrong = demand.failure().apply(file.get());
            Place place = file.get()
                    .at(demand.field().toArray(String[]::new))
                    .map(Node::place)
                    .orElse(file.get().place());
            if (wrong.isPresent()) {
                here.fail(demand.rule(), "kubelet", place)
                        .says(wrong.get() + "; " + demand.rule().why())
                        .fix(demand.fix())
                        .add();
            } else {
                here.pass(demand.rule(), "kubelet", place);
            }
        }
    }

    private void files(List<FileDemand> demands) {
        for (FileDemand demand : demands) {
            List<String> paths =
                    demand.isFolder() ? List.of(demand.folder()) : root.files(demand.folder(), demand.isMeant());
            for (String path : paths) {
                root.file(path).ifPresent(file -> file(demand, file));
            }
        }
    }

    private void file(FileDemand demand, HostFile file) {
        Findings here = findings.in(file.path());
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
        boolean isOfTheStore = file.path().equals("/var/lib/etcd") && file.uid() == idOf("/etc/passwd", "etcd");
        if (isOfTheStore || file.uid() == 0 && (file.gid() == 0 || file.gid() == idOf("/etc/group", group))) {
            here.pass(demand.owner(), file.path(), Place.START);
        } else {
            here.fail(demand.owner(), file.path(), Place.START)
                    .says(file.path() + " belongs to " + file.uid() + ":" + file.gid() + ", not to root:" + group + "; "
                            + demand.owner().why())
                    .fix("chown root:" + group + " " + file.path())
                    .add();
        }
    }

    /** The number of a name in a file of accounts or groups; -1, which nothing has, when it is not there. */
    private int idOf(String accounts, String name) {
        String prefix = name + ":";
        return root.text(accounts).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 2 && fields[2].matches("\\d{1,9}"))
                .mapToInt(fields -> Integer.parseInt(fields[2]))
                .findFirst()
                .orElse(-1);
    }

    private static String octal(int mode) {
        return String.format(Locale.ROOT, "%o", mode);
    }

    /** The first document of a file; what is there and cannot be read is a gap. */
    private Optional<Node> read(String path) {
        Optional<String> text = root.text(path);
        if (text.isEmpty()) {
            if (root.has(path)) {
                findings.in(path).gap(Gap.Code.NO_PERMISSION, Place.START, "it cannot be read");
            }
            return Optional.empty();
        }
        for (Document document : new YamlReader(Schema.KUBERNETES, limits).read(text.get())) {
            switch (document) {
                case Document.Read(Node read, int _) -> {
                    return Optional.of(read);
                }
                case Document.Broken(int line, int column, String problem) ->
                    findings.in(path).gap(Gap.Code.UNREADABLE, new Place(line, column, line, column), problem);
            }
        }
        return Optional.empty();
    }
}
