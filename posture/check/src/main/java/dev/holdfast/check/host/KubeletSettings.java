package dev.holdfast.check.host;

import dev.holdfast.check.host.Flags.Setting;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a kubelet runs with. An option of its command line wins over the configuration; of that a file of the drop-in folder ({@code --config-dir},
 * {@code *.conf} by name) wins over the file ({@code --config}). Without a file the options of old have their own, weaker defaults.
 *
 * @param sources the configuration's files, the one that wins first
 * @param flags the options of the unit
 */
record KubeletSettings(List<Source> sources, Flags flags) {
    /** A file of the configuration. */
    record Source(String file, Node root) {}

    /** A value and where it is written. */
    record Value(String text, String file, Place place) {}

    private static final Map<String, String> OPTION_OF = Map.ofEntries(
            Map.entry("authentication.anonymous.enabled", "anonymous-auth"),
            Map.entry("authorization.mode", "authorization-mode"),
            Map.entry("authentication.x509.clientCAFile", "client-ca-file"),
            Map.entry("readOnlyPort", "read-only-port"),
            Map.entry("streamingConnectionIdleTimeout", "streaming-connection-idle-timeout"),
            Map.entry("makeIPTablesUtilChains", "make-iptables-util-chains"),
            Map.entry("eventRecordQPS", "event-qps"),
            Map.entry("tlsCertFile", "tls-cert-file"),
            Map.entry("tlsPrivateKeyFile", "tls-private-key-file"),
            Map.entry("serverTLSBootstrap", "rotate-server-certificates"),
            Map.entry("rotateCertificates", "rotate-certificates"),
            Map.entry("podPidsLimit", "pod-max-pids"),
            Map.entry("seccompDefault", "seccomp-default"),
            Map.entry("hostnameOverride", "hostname-override"),
            Map.entry("tlsCipherSuites", "tls-cipher-suites"));

    /** What an option means that is not given, where no file is: {@code kubelet --help}. */
    private static final Map<String, String> OLD_DEFAULTS = Map.of(
            "authentication.anonymous.enabled", "true",
            "authorization.mode", "AlwaysAllow",
            "readOnlyPort", "10255");

    KubeletSettings {
        sources = List.copyOf(sources);
    }

    /** The value of a field, by its path. */
    Optional<Value> value(String... field) {
        Optional<Setting> option =
                Optional.ofNullable(OPTION_OF.get(String.join(".", field))).flatMap(flags::get);
        return option.map(setting -> new Value(setting.value(), setting.file(), setting.place()))
                .or(() -> node(field)
                        .flatMap(found -> found.root()
                                .textAt()
                                .map(text -> new Value(
                                        text, found.file(), found.root().place()))));
    }

    /** The values of a list. */
    List<Value> values(String field) {
        Optional<Setting> option = Optional.ofNullable(OPTION_OF.get(field)).flatMap(flags::get);
        if (option.isPresent()) {
            return flags.list(OPTION_OF.getOrDefault(field, field)).stream()
                    .map(text ->
                            new Value(text, option.get().file(), option.get().place()))
                    .toList();
        }
        return node(field).stream()
                .flatMap(found -> found.root().elements().stream()
                        .flatMap(each ->
                                each.textAt().stream().map(text -> new Value(text, found.file(), each.place()))))
                .toList();
    }

    /** A feature gate, by option or field. */
    Optional<Value> gate(String name) {
        Optional<Value> option = flags.get("feature-gates")
                .filter(setting -> ("," + setting.value() + ",").contains("," + name + "="))
                .map(setting -> new Value(
                        setting.value().replaceFirst(".*\\b" + name + "=([a-z]+).*", "$1"),
                        setting.file(),
                        setting.place()));
        return option.or(() -> value("featureGates", name));
    }

    private Optional<Source> node(String... field) {
        for (Source source : sources) {
            Optional<Node> found = source.root().at(field);
            if (found.isPresent()) {
                return Optional.of(new Source(source.file(), found.get()));
            }
        }
        return Optional.empty();
    }

    /** What is taken when nothing is said. */
    String whenUnset(String field, String ofTheFile) {
        return sources.isEmpty() ? OLD_DEFAULTS.getOrDefault(field, ofTheFile) : ofTheFile;
    }

    /** Where what is missing would stand. */
    Source home() {
        return sources.isEmpty()
                ? new Source("/etc/systemd/system/kubelet.service", new Node.Mapping(List.of(), Place.START))
                : sources.getLast();
    }
}
