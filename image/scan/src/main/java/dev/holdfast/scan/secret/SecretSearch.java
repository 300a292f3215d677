package dev.holdfast.scan.secret;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Evidence;
import dev.holdfast.core.Evidence.Step;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.oci.ImageConfiguration;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.Watch;
import dev.holdfast.secrets.Fingerprint;
import dev.holdfast.secrets.Secret;
import dev.holdfast.secrets.SecretScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Looks for secrets in everything a target holds: every file of every layer while it is read, then environment, history and labels. One
 * value is one finding, however many places hold it.
 */
public final class SecretSearch {
    private static final String IN_ARCHIVE = " ▸ ";
    private static final String CONFIGURATION = "image configuration" + IN_ARCHIVE;
    private static final Comparator<Sighting> ORDER = Comparator.comparing(
                    (Sighting sighting) -> sighting.secret.path())
            .thenComparingInt(Sighting::layer)
            .thenComparingInt(sighting -> sighting.secret.line());

    /**
     * The first key of fingerprints where the user gives none. What is remembered of a layer must serve every image that has it, so values are
     * first named under a key that does not depend on the image, and these names then under one that does.
     */
    private static final String SAME_FOR_ALL = "holdfast";

    private final String ownKey;
    private final Fingerprint fingerprint;
    private final SecretScanner scanner;
    private final Target target;
    private final Gaps gaps;
    private final List<Sighting> sightings = new ArrayList<>();
    private final Queue<LayerNotes> everyLayers = new ConcurrentLinkedQueue<>();

    /** A secret and the layer that holds it; -1 for what stands in the configuration and belongs to none. */
    private record Sighting(Secret secret, int layer) {}

    public SecretSearch(Target target, String key, Limits limits, Gaps gaps) throws InputException, IOException {
        String known = key.isEmpty()
                ? target.description().digest().map(Digest::toString).orElse("")
                : key;
        this.ownKey = key.isEmpty() ? SAME_FOR_ALL : key;
        this.fingerprint = new Fingerprint(known.getBytes(StandardCharsets.UTF_8));
        this.scanner = new SecretScanner(ownKey.getBytes(StandardCharsets.UTF_8), limits);
        this.target = target;
        this.gaps = gaps;
    }

    /** What must see the files. */
    public Watch watch() {
        return new Watch() {
            @Override
            public LayerWatch over(int layer) {
                LayerNotes notes = new LayerNotes();
                everyLayers.add(notes);
                return new LayerSearch(scanner, notes, secret -> add(secret, layer));
            }

            @Override
            public Optional<String> edition() {
                return Optional.of("secrets " + Digest.sha256(ownKey.getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public void recall(int layer, FactReader facts) throws DamagedFactsException {
                LayerNotes notes = LayerNotes.read(facts);
                everyLayers.add(notes);
                notes.secrets().forEach(secret -> add(secret, layer));
            }
        };
    }

    private void add(Secret secret, int layer) {
        synchronized (sightings) {
            sightings.add(new Sighting(fingerprint.over(secret), layer));
        }
    }

    /** The layers with no value left in the instructions that made them. */
    public List<Layer> redactedLayers() throws InputException, IOException {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : target.layers()) {
            layers.add(new Layer(layer.index(), layer.diffId(), scanner.redact(layer.createdBy())));
        }
        return layers;
    }

    /** How it is run, with no value left in it, and nothing of what is not needed for that. */
    public ImageConfiguration redactedConfiguration() throws InputException, IOException {
        ImageConfiguration full = target.configuration();
        return new ImageConfiguration(
                full.created(),
                full.user(),
                full.environment().stream().map(scanner::redact).toList(),
                full.entrypoint().stream().map(scanner::redact).toList(),
                full.command().stream().map(scanner::redact).toList(),
                full.workingDirectory(),
                full.exposedPorts(),
                Map.of(),
                List.of());
    }

    /** What was found in the files that were seen, and in the configuration. */
    public SecretsFound found(FileTree tree, List<Layer> layers) throws InputException, IOException {
        for (LayerNotes notes : everyLayers) {
            notes.gaps().list().forEach(gap -> gaps.add(gap.code(), gap.subject(), gap.detail()));
        }
        lookAtConfiguration();
        return new SecretsFound(findings(tree, layers), Optional.of(summary()));
    }

    private void lookAtConfiguration() throws InputException, IOException {
        ImageConfiguration configuration = target.configuration();
        for (String line : configuration.environment()) {
            look("environment " + nameOf(line), line, -1);
        }
        configuration.labels().forEach((name, value) -> look("label " + name, name + "=" + value, -1));
        int step = 0;
        int layer = 0;
        for (ImageConfiguration.HistoryEntry entry : configuration.history()) {
            look("history step " + ++step, entry.createdBy(), entry.emptyLayer() ? -1 : layer);
            layer += entry.emptyLayer() ? 0 : 1;
        }
        look("entrypoint", String.join(" ", configuration.entrypoint()), -1);
        look("command", String.join(" ", configuration.command()), -1);
    }

    private static String nameOf(String line) {
        int equals = line.indexOf('=');
        return equals < 0 ? line : line.substring(0, equals);
    }

    private void look(String place, String text, int layer) {
        for (Secret secret : scanner.inText(CONFIGURATION + place, text)) {
            add(secret, layer);
        }
    }

    /** What was passed over as published. */
    private SecretsLook summary() {
        List<Secret> samples = new ArrayList<>();
        for (Sighting sighting : sorted()) {
            if (sighting.secret.isSample()) {
                samples.add(sighting.secret);
            }
        }
        return new SecretsLook(scanner.kinds(), samples);
    }

    private List<Sighting> sorted() {
        synchronized (sightings) {
            List<Sighting> sorted = new ArrayList<>(sightings);
            sorted.sort(ORDER);
            return sorted;
        }
    }

    /** The findings, one a value. */
    private List<Finding> findings(FileTree tree, List<Layer> layers) {
        Map<String, List<Sighting>> byValue = new LinkedHashMap<>();
        for (Sighting sighting : sorted()) {
            if (!sighting.secret.isSample()) {
                String value = sighting.secret.kind() + " " + sighting.secret.fingerprint();
                byValue.computeIfAbsent(value, key -> new ArrayList<>()).add(sighting);
            }
        }
        List<Finding> findings = new ArrayList<>();
        byValue.values().forEach(same -> findings.add(finding(same, tree, layers)));
        return findings;
    }

    private static Finding finding(List<Sighting> same, FileTree tree, List<Layer> layers) {
        Secret secret = same.getFirst().secret;
        List<Finding.Place> places = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        TreeSet<Integer> living = new TreeSet<>();
        for (Sighting sighting : same) {
            Finding.Place place = new Finding.Place(sighting.secret.path(), sighting.layer, sighting.secret.line());
            if (places.contains(place)) {
                continue; // twice in one line, or as a constant and as bytes of a class
            }
            places.add(place);
            String fate = fate(sighting, tree);
            if (fate.isEmpty()) {
                living.add(sighting.layer);
            }
            evidence.add(new Evidence(Step.FILE, "lies in " + where(sighting, layers) + fate, sighting.secret.path()));
        }
        evidence.add(new Evidence(
                Step.COMPONENT,
                secret.title() + ": " + secret.length() + " characters, fingerprint " + secret.fingerprint(),
                ""));
        evidence.add(
                new Evidence(Step.DECISION, secret.proof() + "; it is no placeholder, reference or known sample", ""));
        boolean isDeleted = living.isEmpty();
        return new Finding(
                secret.kind(),
                Finding.Kind.SECRET,
                List.of(),
                Optional.empty(),
                secret.severity(),
                "holdfast",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                isDeleted ? "deleted" : "exposed",
                Optional.empty(),
                secret.title() + " in " + secret.path() + " (" + secret.length() + " characters, fingerprint "
                        + secret.fingerprint() + ")" + (isDeleted ? fate(same.getFirst(), tree) : ""),
                places,
                isDeleted
                        ? "revoke it, and rebuild so that no layer ever holds it: the layer below still does"
                        : "revoke it, and rebuild without it: a later layer would only hide it",
                evidence);
    }

    private static String where(Sighting sighting, List<Layer> layers) {
        if (sighting.layer < 0 || sighting.layer >= layers.size()) {
            return "the image's configuration";
        }
        Layer layer = layers.get(sighting.layer);
        String instruction = layer.createdBy().isEmpty() ? "" : ": " + layer.createdBy();
        return "layer " + (sighting.layer + 1) + " of " + layers.size() + instruction;
    }

    /** What became of the file in later layers; empty when it is still there. */
    private static String fate(Sighting sighting, FileTree tree) {
        String path = sighting.secret.path();
        int inner = path.indexOf(IN_ARCHIVE);
        boolean isKnown = false;
        for (FileVersion version : path.startsWith("/")
                ? tree.history(inner < 0 ? path : path.substring(0, inner))
                : List.<FileVersion>of()) {
            if (isKnown) {
                boolean isGone = version.type() == FileType.WHITEOUT;
                return (isGone ? ", deleted by layer " : ", replaced by layer ") + (version.layer() + 1)
                        + ", still in layer " + (sighting.layer + 1);
            }
            isKnown = version.layer() == sighting.layer;
        }
        return "";
    }
}
