package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Builds a folder, in the order of Kustomize: resources, components, generators; then patches, namespace, prefix, suffix, labels,
 * annotations, JSON patches of the old form, replicas, images, replacements. Once everything is together, generated names get their hash,
 * references follow the names, and variables are resolved.
 */
final class Build {
    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "metadata",
            "resources",
            "bases",
            "components",
            "patches",
            "patchesStrategicMerge",
            "patchesJson6902",
            "namePrefix",
            "nameSuffix",
            "namespace",
            "labels",
            "commonLabels",
            "commonAnnotations",
            "images",
            "imageTags",
            "replicas",
            "replacements",
            "configMapGenerator",
            "secretGenerator",
            "generatorOptions",
            "vars",
            "crds",
            "openapi",
            "configurations",
            "generators",
            "transformers",
            "validators",
            "helmCharts",
            "helmGlobals",
            "helmChartInflationGenerator",
            "sortOptions",
            "buildMetadata",
            "inventory");

    private static final Pattern REMOTE =
            Pattern.compile("^(https?|ssh|git|file)://.*|^git@.*|^(git::|github\\.com/|gitlab\\.com/).*|.*[?&]ref=.*");
    private static final int MOST_DEPTH = 50;

    private final Reading reading;
    private final List<Draft.Fields> variables = new ArrayList<>();

    Build(Reading reading) {
        this.reading = reading;
    }

    /** Everything, with names, hashes and references as they are applied. */
    List<Resource> whole(Path folder) throws InputException, IOException {
        List<Resource> resources = new ArrayList<>();
        folder(folder, List.of(), resources);
        Generators.addHashes(resources);
        new References(resources).follow();
        new Variables(resources, variables).resolve();
        return resources;
    }

    private void folder(Path folder, List<Path> visited, List<Resource> resources) throws InputException, IOException {
        for (Path each : visited) {
            if (each.startsWith(folder)) {
                throw new InputException(
                        InputException.Code.MALFORMED,
                        "cycle detected: candidate root '" + folder + "' contains visited root '" + each + "'");
            }
        }
        if (visited.size() > MOST_DEPTH) {
            throw new InputException(InputException.Code.LIMIT, "bases nest deeper than " + MOST_DEPTH);
        }
        List<Path> way = new ArrayList<>(visited);
        way.add(folder);
        Draft.Fields kustomization = kustomization(folder);
        boolean isComponent = kustomization.text("kind").equals("Component");
        List<Resource> own = isComponent ? resources : new ArrayList<>();
        accumulate(kustomization, folder, way, own);
        for (String component : texts(kustomization, "components")) {
            folder(directory(folder, component), way, own);
        }
        new Generators(reading, folder, kustomization).run(own);
        transform(kustomization, folder, own);
        items(kustomization, "vars").forEach(variables::add);
        if (!isComponent) {
            for (Resource resource : own) {
                append(resource, resources);
            }
        }
    }

    private Draft.Fields kustomization(Path folder) throws InputException, IOException {
        Optional<Path> file = Kustomizer.fileOf(folder);
        if (file.isEmpty()) {
            throw new InputException(
                    InputException.Code.NOT_FOUND,
                    "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '"
                            + folder + "'");
        }
        List<Draft> documents = reading.documents(
                new String(reading.bytes(file.get()), StandardCharsets.UTF_8),
                file.get().toString());
        if (documents.size() != 1 || !(documents.getFirst() instanceof Draft.Fields fields)) {
            throw new InputException(InputException.Code.MALFORMED, file.get() + ": it is not one map");
        }
        for (String name : fields.members().keySet()) {
            if (!KNOWN.contains(name)) {
                throw new InputException(
                        InputException.Code.MALFORMED, "invalid Kustomization: json: unknown field \"" + name + "\"");
            }
        }
        refuseWhatRuns(fields);
        return fields;
    }

    private static void refuseWhatRuns(Draft.Fields fields) throws InputException {
        for (String name : List.of(
                "helmCharts",
                "helmChartInflationGenerator",
                "generators",
                "transformers",
                "validators",
                "configurations")) {
            if (fields.get(name).filter(value -> !value.isNull()).isPresent()) {
                String why = name.startsWith("helm")
                        ? "must specify --enable-helm"
                        : "plug-ins and configurations are not followed";
                throw new InputException(InputException.Code.UNSUPPORTED, name + ": " + why);
            }
        }
    }

    private void accumulate(Draft.Fields kustomization, Path folder, List<Path> way, List<Resource> own)
            throws InputException, IOException {
        List<String> given = new ArrayList<>(texts(kustomization, "resources"));
        given.addAll(texts(kustomization, "bases"));
        for (String each : given) {
            if (REMOTE.matcher(each).matches()) {
                throw new InputException(
                        InputException.Code.UNSUPPORTED,
                        "accumulating resources from '" + each + "': it is remote, and nothing is fetched");
            }
            try {
                Path path = folder.resolve(each);
                if (Files.isDirectory(path)) {
                    folder(path.toRealPath(), way, own);
                } else {
                    Path file = reading.inside(folder, each);
                    for (Draft.Fields object : reading.objects(file)) {
                        append(checked(new Resource(object, file.toString())), own);
                    }
                }
            } catch (InputException wrong) {
                throw new InputException(
                        wrong.code(), "accumulating resources from '" + each + "': " + wrong.getMessage(), wrong);
            }
        }
    }

    private static Resource checked(Resource resource) throws InputException {
        if (resource.kind().isEmpty() || resource.name().isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    resource.file + ": an object has no " + (resource.kind().isEmpty() ? "kind" : "metadata.name"));
        }
        return resource;
    }

    private static Path directory(Path folder, String given) throws InputException, IOException {
        Path path = folder.resolve(given);
        if (REMOTE.matcher(given).matches() || !Files.isDirectory(path)) {
            throw new InputException(
                    InputException.Code.NOT_FOUND, "accumulating components from '" + given + "': no folder");
        }
        return path.toRealPath();
    }

    private static void append(Resource resource, List<Resource> resources) throws InputException {
        for (Resource known : resources) {
            if (known.hasIdOf(resource)) {
                throw new InputException(
                        InputException.Code.MALFORMED,
                        "may not add resource with an already registered id: " + resource.id());
            }
        }
        resources.add(resource);
    }

    private void transform(Draft.Fields kustomization, Path folder, List<Resource> own)
            throws InputException, IOException {
        Patches patches = new Patches(reading, folder, own);
        for (String patch : texts(kustomization, "patchesStrategicMerge")) {
            patches.merging(patch);
        }
        for (Draft.Fields patch : items(kustomization, "patches")) {
            patches.apply(patch);
        }
        Names.namespace(own, kustomization.text("namespace"));
        Names.affix(own, kustomization.text("namePrefix"), kustomization.text("nameSuffix"));
        Labels.apply(own, kustomization);
        for (Draft.Fields patch : items(kustomization, "patchesJson6902")) {
            patches.apply(patch);
        }
        for (Draft.Fields replica : items(kustomization, "replicas")) {
            Names.replicas(own, replica);
        }
        for (Draft.Fields image : items(kustomization, "images")) {
            Images.apply(own, image);
        }
        for (Draft.Fields replacement : items(kustomization, "replacements")) {
            new Replacement(reading, folder, own).apply(replacement);
        }
    }

    static List<String> texts(Draft.Fields fields, String key) {
        List<String> texts = new ArrayList<>();
        if (fields.members().get(key) instanceof Draft.Items items) {
            for (Draft element : items.elements()) {
                if (element instanceof Draft.Word word) {
                    texts.add(word.text());
                }
            }
        }
        return texts;
    }

    static List<Draft.Fields> items(Draft.Fields fields, String key) {
        List<Draft.Fields> maps = new ArrayList<>();
        if (fields.members().get(key) instanceof Draft.Items items) {
            for (Draft element : items.elements()) {
                if (element instanceof Draft.Fields map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }
}
