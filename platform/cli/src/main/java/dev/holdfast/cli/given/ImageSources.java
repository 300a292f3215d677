package dev.holdfast.cli.given;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.user.UserMemory;
import dev.holdfast.core.Digest;
import dev.holdfast.core.ImageReference;
import dev.holdfast.core.InputException;
import dev.holdfast.core.net.EnvironmentProxy;
import dev.holdfast.core.net.Patience;
import dev.holdfast.oci.Place;
import dev.holdfast.oci.engine.ContainerEngine;
import dev.holdfast.oci.registry.ConfiguredCredentials;
import dev.holdfast.oci.registry.RegistriesFile;
import dev.holdfast.oci.registry.RegistryRules;
import dev.holdfast.oci.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Where images come from that are no files: the engines of this machine and the registries, as options and environment set them up. */
public final class ImageSources {
    private static final List<Path> CERTIFICATES =
            List.of(Path.of("/etc/docker/certs.d"), Path.of("/etc/containers/certs.d"));

    /** containerd's own place, that of k3s and RKE2, and that of MicroK8s. */
    private static final List<Path> CONTAINERD_ROOTS = List.of(
            Path.of("/var/lib/containerd"),
            Path.of("/var/lib/rancher/k3s/agent/containerd"),
            Path.of("/var/snap/microk8s/common/var/lib/containerd"));

    private static final String REGISTRIES_FILE = "containers/registries.conf";

    private final ParseResult words;
    private final Console console;

    public ImageSources(ParseResult words, Console console) {
        this.words = words;
        this.console = console;
    }

    public static void addOptions(CommandSpec spec) {
        spec.addOption(
                        Options.value(
                                "--insecure-registry",
                                "HOSTS",
                                "Hosts, separated by commas, that are asked without TLS; default: HOLDFAST_INSECURE_REGISTRIES."))
                .addOption(Options.value(
                        "--registry-mirror",
                        "HOST=MIRROR,…",
                        "Hosts to ask before a registry; default: HOLDFAST_REGISTRY_MIRRORS."));
    }

    /** An image by name, wherever it is: an engine's, when one has it, else the registry's. */
    Place anywhere(ImageReference reference, String name) throws InputException, IOException {
        Optional<Place> inEngine = inEngine(name);
        return inEngine.isPresent() ? inEngine.get() : inRegistry(reference);
    }

    /** An image by its digest alone: an engine's, when one has it, else what is remembered of it. */
    Place byDigest(Digest digest) {
        return inEngine(digest.toString()).orElse(new Place.Remembered(digest));
    }

    private Optional<Place> inEngine(String name) {
        for (Path socket : List.of(docker(), podman())) {
            if (new ContainerEngine(socket).hasImage(name)) {
                return Optional.of(new Place.InEngine(socket, name));
            }
        }
        return Optional.empty();
    }

    Place inRegistry(ImageReference reference) throws InputException, IOException {
        return new Place.InRegistry(reference, settings());
    }

    /** A container by name, in the engine that is there. */
    Place container(String name) {
        return new Place.Container(Files.exists(docker()) || !Files.exists(podman()) ? docker() : podman(), name);
    }

    /** An image in containerd's store, where {@code CONTAINERD_ROOT} says, or else in the usual places. */
    Place inContainerd(String name) {
        String named = console.environment().apply("CONTAINERD_ROOT");
        Path root = named.isEmpty() ? CONTAINERD_ROOTS.getFirst() : Path.of(named);
        for (Path usual : named.isEmpty() ? CONTAINERD_ROOTS : List.<Path>of()) {
            if (Files.exists(usual)) {
                root = usual;
                break;
            }
        }
        return new Place.InContainerd(root, console.environment().apply("CONTAINERD_NAMESPACE"), name);
    }

    Path docker() {
        return socket("DOCKER_HOST", Path.of("/var/run/docker.sock"));
    }

    Path podman() {
        String ofUser = console.environment().apply("XDG_RUNTIME_DIR");
        Path own = Path.of(ofUser, "podman", "podman.sock");
        return socket(
                "CONTAINER_HOST", !ofUser.isEmpty() && Files.exists(own) ? own : Path.of("/run/podman/podman.sock"));
    }

    private Path socket(String variable, Path usual) {
        String named = console.environment().apply(variable);
        return named.startsWith("unix://") ? Path.of(named.substring("unix://".length())) : usual;
    }

    /** How registries are spoken to. */
    public RegistrySettings settings() throws InputException, IOException {
        return new RegistrySettings(
                UserMemory.blobFolder(console),
                UserMemory.mostBlobs(console),
                ConfiguredCredentials.ofUser(console.environment()::apply),
                new RegistryRules(plainHosts(), mirrors(), RegistriesFile.of(registriesFile())),
                CERTIFICATES,
                new EnvironmentProxy(console.environment()::apply),
                Patience.USUAL,
                InstantSource.system());
    }

    /** The machine's settings for registries: the user's own count instead of the system's. */
    private Path registriesFile() {
        String named = console.environment().apply("CONTAINERS_REGISTRIES_CONF");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String configuration = console.environment().apply("XDG_CONFIG_HOME");
        String home = console.environment().apply("HOME");
        Path own = configuration.isEmpty() ? Path.of(home, ".config") : Path.of(configuration);
        Path ofUser = own.resolve(REGISTRIES_FILE);
        return ofUser.isAbsolute() && Files.exists(ofUser)
                ? ofUser
                : Path.of("/etc").resolve(REGISTRIES_FILE);
    }

    private String setting(String option, String variable) {
        return Options.text(words, option).orElseGet(() -> console.environment().apply(variable));
    }

    private Set<String> plainHosts() {
        return Options.parts(setting("--insecure-registry", "HOLDFAST_INSECURE_REGISTRIES"));
    }

    private Map<String, List<String>> mirrors() throws InputException {
        Map<String, List<String>> mirrors = new HashMap<>();
        for (String pair : Options.parts(setting("--registry-mirror", "HOLDFAST_REGISTRY_MIRRORS"))) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw Options.usage("--registry-mirror: expected HOST=MIRROR, found: " + pair);
            }
            mirrors.computeIfAbsent(pair.substring(0, equals).strip(), _ -> new ArrayList<>())
                    .add(pair.substring(equals + 1).strip());
        }
        return mirrors;
    }
}
