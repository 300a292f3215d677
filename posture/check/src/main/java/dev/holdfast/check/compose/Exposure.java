package dev.holdfast.check.compose;

import static dev.holdfast.manifest.InputKind.COMPOSE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.HostPaths;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.compose.PublishedPort;
import dev.holdfast.manifest.compose.Variable;
import dev.holdfast.manifest.compose.VolumeMount;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a service gets of the host, and what others get of the service: mounts and ports. */
final class Exposure {
    static final Rule DATASTORE = Rule.of(
            "datastore-port-published",
            Severity.MEDIUM,
            "a database, queue or administration port is open to the network",
            "whoever reaches the host can try passwords on it, or needs none",
            COMPOSE);

    static final Rule EVERY_ADDRESS = Rule.of(
                    "port-on-every-address",
                    Severity.LOW,
                    "a port is published on every address of the host",
                    "it is reachable from every network the host is in, past most firewalls of the host",
                    COMPOSE)
            .strict();

    static final Rule LOW_PORT = Rule.of(
                    "privileged-host-port",
                    Severity.LOW,
                    "takes a port of the host below 1024",
                    "such ports belong to services of the system",
                    COMPOSE)
            .strict();

    static final Rule WRITABLE_BIND = Rule.of(
                    "bind-mount-writable",
                    Severity.LOW,
                    "may write to a folder of the host",
                    "a break-in changes files outside of the container",
                    COMPOSE)
            .strict();

    static final Rule METADATA = Rule.of(
            "cloud-metadata-reachable",
            Severity.LOW,
            "names the cloud's metadata service",
            "what answers there hands out credentials of the machine",
            COMPOSE);

    /** Ports on which stores, queues and administration listen, and what they are. */
    private static final Map<Integer, String> STORES = Map.ofEntries(
            Map.entry(5432, "PostgreSQL"),
            Map.entry(3306, "MySQL"),
            Map.entry(33060, "MySQL"),
            Map.entry(1433, "SQL Server"),
            Map.entry(1521, "Oracle"),
            Map.entry(27017, "MongoDB"),
            Map.entry(6379, "Redis"),
            Map.entry(11211, "memcached"),
            Map.entry(9200, "Elasticsearch"),
            Map.entry(9300, "Elasticsearch"),
            Map.entry(9042, "Cassandra"),
            Map.entry(7000, "Cassandra"),
            Map.entry(5984, "CouchDB"),
            Map.entry(8086, "InfluxDB"),
            Map.entry(5672, "RabbitMQ"),
            Map.entry(9092, "Kafka"),
            Map.entry(2181, "ZooKeeper"),
            Map.entry(2379, "etcd"),
            Map.entry(4369, "Erlang's port mapper"),
            Map.entry(2375, "Docker without TLS"),
            Map.entry(2376, "Docker"),
            Map.entry(389, "LDAP"),
            Map.entry(26257, "CockroachDB"),
            Map.entry(7687, "Neo4j"),
            Map.entry(28015, "RethinkDB"),
            Map.entry(8529, "ArangoDB"),
            Map.entry(6443, "Kubernetes"),
            Map.entry(10250, "the kubelet"));

    static final Rule PLAIN_VOLUME = Rule.of(
                    "volume-in-the-clear",
                    Severity.MEDIUM,
                    "files cross the network in the clear",
                    "whoever is on the way between host and file server reads and changes them",
                    COMPOSE)
            .strict();

    private Exposure() {}

    static List<Rule> rules() {
        return List.of(
                PLAIN_VOLUME,
                ContainerRules.RUNTIME_SOCKET,
                ContainerRules.HOST_PATH,
                ContainerRules.SHARED_PROPAGATION,
                WRITABLE_BIND,
                DATASTORE,
                EVERY_ADDRESS,
                LOW_PORT,
                ContainerRules.SSH_SERVER,
                METADATA);
    }

    static void judge(Service service) {
        for (Node node : service.get("volumes").map(Node::elements).orElse(List.of())) {
            mount(service, node);
        }
        service.get("use_api_socket")
                .filter(Node::isTrue)
                .ifPresent(node -> service.fail(ContainerRules.RUNTIME_SOCKET, node)
                        .says(service.who() + " gets the engine's socket by use_api_socket: "
                                + ContainerRules.RUNTIME_SOCKET.why())
                        .fix(
                                "remove it; where the engine must be asked, put a proxy between that allows only the questions needed")
                        .add());
        boolean isStoreTold = false;
        for (Node node : service.get("ports").map(Node::elements).orElse(List.of())) {
            isStoreTold |= port(service, node, isStoreTold);
        }
        for (Variable host : service.get("extra_hosts").map(Variable::of).orElse(List.of())) {
            String text = host.name() + " " + host.value().orElse("");
            if (text.contains("169.254.169.254") || text.contains("metadata.google.internal")) {
                service.fail(METADATA, host.node())
                        .says(service.who() + " names the address of the cloud's metadata service: " + METADATA.why())
                        .fix("remove it; give the service credentials of its own")
                        .add();
            }
        }
    }

    private static void mount(Service service, Node node) {
        VolumeMount mount = VolumeMount.of(node);
        if (!mount.isBind() && !mount.kind().equals("npipe")) {
            namedVolume(service, mount);
            return;
        }
        boolean isSourceLost = mount.source().indexOf('$') >= 0;
        if (isSourceLost && !service.isKnown(ContainerRules.HOST_PATH, node)) {
            return;
        }
        path(service, node.get("source").orElse(node), mount.source(), mount.isReadOnly());
        for (String option : mount.options()) {
            if (option.equals("shared") || option.equals("rshared")) {
                service.fail(ContainerRules.SHARED_PROPAGATION, node)
                        .says(service.who() + " mounts " + mount.source() + " with propagation " + option + ": "
                                + ContainerRules.SHARED_PROPAGATION.why())
                        .fix("leave " + option + " out, or use rslave")
                        .add();
            }
        }
        if (!mount.isReadOnly() && HostPaths.of(mount.source(), false).isEmpty()) {
            service.fail(WRITABLE_BIND, node)
                    .says(service.who() + " may write to " + mount.source() + ": " + WRITABLE_BIND.why())
                    .fix("add :ro, or use a named volume")
                    .add();
        }
    }

    private static void path(Service service, Node node, String source, boolean isReadOnly) {
        HostPaths.of(source, isReadOnly)
                .ifPresent(exposure -> service.fail(exposure.rule(), node)
                        .as(exposure.severity(), exposure.reason())
                        .says(service.who() + " gets the host's " + source + (isReadOnly ? ", to read: " : ": ")
                                + exposure.rule().why())
                        .fix(
                                exposure.rule().equals(ContainerRules.RUNTIME_SOCKET)
                                        ? "remove it; where the engine must be asked, put a proxy between that allows only the questions needed"
                                        : "mount only the file or folder that the program needs, read-only")
                        .add());
    }

    /** A named volume may be a folder of the host in disguise: the local driver with {@code o: bind}. */
    private static void namedVolume(Service service, VolumeMount mount) {
        Optional<Node> options = service.project().root().at("volumes", mount.source(), "driver_opts");
        options.flatMap(map -> map.get("type")).ifPresent(type -> remote(service, type, options.get()));
        boolean isBind = options.flatMap(map -> map.textAt("o"))
                .filter(text -> text.contains("bind"))
                .isPresent();
        if (isBind) {
            options.flatMap(map -> map.get("device"))
                    .ifPresent(device -> path(service, device, device.textAt().orElse(""), mount.isReadOnly()));
        }
    }

    /** NFS is in the clear without krb5p or TLS, and SMB without sealing. */
    private static void remote(Service service, Node type, Node options) {
        String with = options.textAt("o").orElse("");
        boolean isPlain = switch (type.textAt().orElse("")) {
            case "nfs", "nfs4" -> !with.contains("sec=krb5p") && !with.matches("(.*,)?xprtsec=m?tls(,.*)?");
            case "cifs", "smb3" -> !with.matches("(.*,)?seal(,.*)?");
            default -> false;
        };
        if (isPlain && service.isKnown(PLAIN_VOLUME, type)) {
            boolean isNfs = type.textAt().orElse("").startsWith("nfs");
            service.fail(PLAIN_VOLUME, type)
                    .says(service.who() + " uses a volume by " + type.textAt().orElse("") + " without encryption: "
                            + PLAIN_VOLUME.why())
                    .fix("add " + (isNfs ? "xprtsec=mtls or sec=krb5p" : "seal") + " to the options o")
                    .add();
        }
    }

    /** Says whether a store was told. */
    private static boolean port(Service service, Node node, boolean isStoreTold) {
        if (!service.isKnown(DATASTORE, node)) {
            return false;
        }
        PublishedPort port = PublishedPort.of(node);
        if (port.isLocal()) {
            return false;
        }
        String store = STORES.get(port.target());
        boolean isWeb = store != null
                && service.get("image")
                        .flatMap(image -> image.textAt())
                        .filter(Exposure::isGateway)
                        .isPresent();
        if (store != null && !isStoreTold && !isWeb) {
            boolean isOpen = isOpen(service);
            service.fail(DATASTORE, node)
                    .as(isOpen ? Severity.HIGH : Severity.MEDIUM, isOpen ? "it asks for no password" : DATASTORE.why())
                    .says(service.who() + " publishes " + store + " (" + port.target() + ")"
                            + port.address().map(address -> " on " + address).orElse(" on every address of the host")
                            + (isOpen ? ", and asks for no password: " : ": ") + DATASTORE.why())
                    .fix(
                            "leave the port out, services of the project reach it without; or bind it to the host itself: \"127.0.0.1:"
                                    + port.target() + ":" + port.target() + "\"")
                    .add();
        }
        if (port.target() == 22) {
            service.fail(ContainerRules.SSH_SERVER, node)
                    .says(service.who() + " publishes port 22: " + ContainerRules.SSH_SERVER.why())
                    .fix("leave it out; docker exec opens a shell without it")
                    .add();
        }
        if (port.address().isEmpty() && store == null) {
            service.fail(EVERY_ADDRESS, node)
                    .says(service.who() + " publishes port " + port.target() + " on every address: "
                            + EVERY_ADDRESS.why())
                    .fix("name the address: 127.0.0.1 for the host itself")
                    .add();
        }
        port.published()
                .filter(range -> range.first() < 1_024 && range.first() > 0)
                .ifPresent(range -> service.fail(LOW_PORT, node)
                        .says(service.who() + " takes port " + range.first() + " of the host: " + LOW_PORT.why())
                        .fix("publish on a port above 1023 and put a load balancer before it")
                        .add());
        return store != null;
    }

    private static boolean isGateway(String image) {
        String lower = image.toLowerCase(Locale.ROOT);
        return lower.contains("traefik")
                || lower.contains("nginx")
                || lower.contains("haproxy")
                || lower.contains("envoy");
    }

    /** Whether the settings say that anybody may come in. */
    private static boolean isOpen(Service service) {
        for (Variable variable : service.get("environment").map(Variable::of).orElse(List.of())) {
            String value = variable.value().orElse("").toLowerCase(Locale.ROOT);
            boolean isOn = value.equals("yes") || value.equals("true") || value.equals("1");
            boolean isOpen = switch (variable.name()) {
                case "POSTGRES_HOST_AUTH_METHOD" -> value.equals("trust");
                case "MYSQL_ALLOW_EMPTY_PASSWORD",
                        "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
                        "MARIADB_ALLOW_EMPTY_PASSWORD",
                        "ALLOW_EMPTY_PASSWORD",
                        "ALLOW_ANONYMOUS_LOGIN",
                        "ALLOW_NONE_AUTHENTICATION" -> isOn;
                case "xpack.security.enabled" -> value.equals("false");
                case "NEO4J_AUTH" -> value.equals("none");
                default -> false;
            };
            if (isOpen) {
                return true;
            }
        }
        return false;
    }
}
