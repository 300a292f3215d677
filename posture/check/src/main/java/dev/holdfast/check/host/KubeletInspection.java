package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.LOW;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.check.host.Flags.Setting;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges the kubelet by its unit with its additions, the files of variables that the unit names, and its configuration; and kube-proxy by its. */
final class KubeletInspection {
    private static final String USUAL_FILE = "/var/lib/kubelet/config.yaml";
    private static final String PROXY_FILE = "/var/lib/kube-proxy/config.conf";

    private static final Rule PROXY_METRICS = Demand.rule(
            "kube-proxy-metrics-localhost",
            LOW,
            "the measurements of kube-proxy are open to the network",
            "they tell of the services of the cluster");

    private final HostFiles files;
    private final HostRoot root;

    KubeletInspection(HostFiles files) {
        this.files = files;
        this.root = files.root();
    }

    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(Kubelet.rules());
        rules.add(PROXY_METRICS);
        return rules;
    }

    void inspect() {
        Flags flags = Flags.of(SystemdUnit.of(root, "kubelet.service").command(root));
        List<KubeletSettings.Source> sources = sources(flags);
        boolean isStartedSomehow = flags.get("kubeconfig").isPresent()
                || flags.get("config").isPresent()
                || flags.get("bootstrap-kubeconfig").isPresent()
                || flags.get("authorization-mode").isPresent();
        if (sources.isEmpty() && (!isStartedSomehow || root.has(configuration(flags)))) {
            Findings here = files.in(configuration(flags));
            Kubelet.rules()
                    .forEach(rule -> here.notAssessed(
                            rule, "kubelet", Place.START, "there is no readable " + configuration(flags)));
        } else {
            KubeletSettings settings = new KubeletSettings(sources, flags);
            Kubelet.DEMANDS.forEach(demand -> judge(demand, settings));
            String authority = settings.value("authentication", "x509", "clientCAFile")
                    .map(KubeletSettings.Value::text)
                    .orElse("/etc/kubernetes/pki/ca.crt");
            HostInspection.judge(FileDemand.ofAuthority(authority), files);
        }
        proxy();
    }

    private static String configuration(Flags flags) {
        return flags.value("config", USUAL_FILE);
    }

    /** The one that wins first. */
    private List<KubeletSettings.Source> sources(Flags flags) {
        List<KubeletSettings.Source> sources = new ArrayList<>();
        String folder = flags.value("config-dir", "");
        if (!folder.isEmpty()) {
            for (String file : root.files(folder, name -> name.endsWith(".conf"))) {
                files.read(file).ifPresent(node -> sources.addFirst(new KubeletSettings.Source(file, node)));
            }
        }
        files.read(configuration(flags))
                .ifPresent(node -> sources.addLast(new KubeletSettings.Source(configuration(flags), node)));
        return sources;
    }

    private void judge(Kubelet.FieldDemand demand, KubeletSettings settings) {
        Optional<String> wrong = demand.failure().apply(settings);
        String[] field = demand.field().toArray(String[]::new);
        Optional<KubeletSettings.Value> value = settings.value(field)
                .or(() -> settings.values(field[0]).stream().findFirst())
                .or(() -> settings.gate(field[field.length - 1]));
        Findings here = files.in(
                value.map(KubeletSettings.Value::file).orElse(settings.home().file()));
        Place place = value.map(KubeletSettings.Value::place)
                .orElse(settings.home().root().place());
        if (wrong.isPresent()) {
            here.fail(demand.rule(), "kubelet", place)
                    .says(wrong.get() + "; " + demand.rule().why())
                    .fix(demand.fix())
                    .add();
        } else {
            here.pass(demand.rule(), "kubelet", place);
        }
    }

    private void proxy() {
        Optional<Node> file = files.read(PROXY_FILE);
        Flags flags = Flags.of(SystemdUnit.of(root, "kube-proxy.service").command(root));
        Optional<Setting> option = flags.get("metrics-bind-address");
        Optional<Node> field = file.flatMap(node -> node.get("metricsBindAddress"));
        if (file.isEmpty() && option.isEmpty()) {
            files.in(PROXY_FILE)
                    .notAssessed(
                            PROXY_METRICS,
                            "kube-proxy",
                            Place.START,
                            "its configuration is kept in the cluster, not on the node");
            return;
        }
        String address = option.map(Setting::value)
                .or(() -> field.flatMap(node -> node.textAt()))
                .orElse("");
        boolean isLocal = address.isEmpty()
                || address.startsWith("127.")
                || address.startsWith("[::1]")
                || address.startsWith("localhost");
        Findings here = files.in(option.map(Setting::file).orElse(PROXY_FILE));
        Place place =
                option.map(Setting::place).or(() -> field.map(Node::place)).orElse(Place.START);
        if (isLocal) {
            here.pass(PROXY_METRICS, "kube-proxy", place);
        } else {
            here.fail(PROXY_METRICS, "kube-proxy", place)
                    .says("metricsBindAddress is " + address + "; " + PROXY_METRICS.why())
                    .fix("metricsBindAddress: 127.0.0.1:10249")
                    .add();
        }
    }
}
