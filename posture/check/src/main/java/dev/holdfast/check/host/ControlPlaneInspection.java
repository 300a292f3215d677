package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.MEDIUM;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.check.host.Flags.Word;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges the programs of a control plane by the pods that the kubelet starts them as, and the files that the API server is given. */
final class ControlPlaneInspection {
    private static final String MANIFESTS = "/etc/kubernetes/manifests";

    private static final Rule OWN_CA = Demand.rule(
            "etcd-own-ca",
            MEDIUM,
            "etcd trusts whomever the cluster trusts",
            "any certificate of the cluster, a user's too, opens the store");

    private final HostFiles files;
    private final List<Component> components = new ArrayList<>();

    /** A program, where it is started from, and its options. */
    private record Component(String file, String program, Flags flags, Place container) {}

    ControlPlaneInspection(HostFiles files) {
        this.files = files;
    }

    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(ControlPlane.rules());
        rules.addAll(EncryptionAtRest.rules());
        rules.addAll(ApiServerFiles.rules());
        rules.addAll(AuditPolicy.rules());
        rules.add(OWN_CA);
        return rules;
    }

    void inspect() {
        find();
        components.forEach(this::demands);
        components.stream()
                .filter(one -> one.program().equals("kube-apiserver"))
                .forEach(this::apiServer);
        authorities();
    }

    private void find() {
        for (String file : files.root().files(MANIFESTS, name -> name.endsWith(".yaml") || name.endsWith(".json"))) {
            files.read(file).ifPresent(pod -> {
                for (Node container :
                        pod.at("spec", "containers").map(Node::elements).orElse(List.of())) {
                    List<Word> words = words(file, container);
                    String program = words.isEmpty() ? "" : words.getFirst().text();
                    String name = program.substring(program.lastIndexOf('/') + 1);
                    components.add(new Component(file, name, Flags.of(words), container.place()));
                }
            });
        }
    }

    private static List<Word> words(String file, Node container) {
        List<Word> words = new ArrayList<>();
        for (String key : List.of("command", "args")) {
            for (Node word : container.get(key).map(Node::elements).orElse(List.of())) {
                word.textAt().ifPresent(text -> words.add(new Word(file, text, word.place())));
            }
        }
        return words;
    }

    private void demands(Component component) {
        Findings here = files.in(component.file());
        ApiServerFiles given = new ApiServerFiles(files, component.flags());
        for (Demand demand : ControlPlane.DEMANDS.getOrDefault(component.program(), List.of())) {
            if (given.judges(demand.rule())) {
                continue; // the file that takes the option's place is judged instead
            }
            Optional<String> wrong = demand.failure().apply(component.flags());
            Place place = component
                    .flags()
                    .get(demand.option())
                    .map(Flags.Setting::place)
                    .orElse(component.container());
            if (wrong.isPresent()) {
                here.fail(demand.rule(), component.program(), place)
                        .says(wrong.get() + "; " + demand.rule().why())
                        .fix(demand.fix())
                        .add();
            } else {
                here.pass(demand.rule(), component.program(), place);
            }
        }
    }

    private void apiServer(Component server) {
        new ApiServerFiles(files, server.flags()).inspect();
        server.flags().get("audit-policy-file").ifPresent(setting -> new AuditPolicy(files).inspect(setting.value()));
        server.flags()
                .get("encryption-provider-config")
                .ifPresent(setting -> new EncryptionAtRest(files.in(setting.value()))
                        .inspect(files.root().has(setting.value()), files.read(setting.value())));
    }

    /** What the store trusts must not be what the API server trusts. */
    private void authorities() {
        Optional<Component> store =
                components.stream().filter(one -> one.program().equals("etcd")).findFirst();
        Optional<Component> server = components.stream()
                .filter(one -> one.program().equals("kube-apiserver"))
                .findFirst();
        Optional<Flags.Setting> ours = store.flatMap(one -> one.flags().get("trusted-ca-file"));
        if (store.isEmpty() || ours.isEmpty()) {
            return; // without one etcd trusts nobody by certificate, which other rules tell
        }
        Findings here = files.in(store.get().file());
        String theirs =
                server.map(one -> one.flags().value("client-ca-file", "")).orElse("");
        if (server.isEmpty()) {
            here.notAssessed(OWN_CA, "etcd", ours.get().place(), "no API server runs here to compare with");
        } else if (theirs.equals(ours.get().value())
                || isSameFile(theirs, ours.get().value())) {
            here.fail(OWN_CA, "etcd", ours.get().place())
                    .says("--trusted-ca-file is " + ours.get().value() + ", the authority of the cluster's clients; "
                            + OWN_CA.why())
                    .fix("give etcd an authority of its own, such as /etc/kubernetes/pki/etcd/ca.crt")
                    .add();
        } else {
            here.pass(OWN_CA, "etcd", ours.get().place());
        }
    }

    /** Two names of one certificate. */
    private boolean isSameFile(String a, String b) {
        Optional<String> one = a.isEmpty() ? Optional.empty() : files.root().text(a);
        return one.isPresent() && one.equals(files.root().text(b));
    }
}
