package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** What is known and not done, and what that means for the objects. */
    private static final Map<String, String> NOT_DONE = Map.of(
            "openapi",
            "the schema is not read: lists of the kinds that it describes are replaced by patches, not merged by its keys",
            "buildMetadata",
            "the annotations and labels that it asks for are not added");

    private final Reading reading;
    private final Limits limits;
    private final List<Draft.Fields> variables = new ArrayList<>();
    private Draft.Fields top = new Draft.Fields(Place.START);

    Build(Reading reading, Limits limits) {
        this.reading = reading;
        this.limits = limits;
    }

    /** Everything, with names, hashes and references as they are applied, in the order of the overlay. */
    List<Resource> whole(Path folder) throws InputException, IOException {
        List<Resource> resources = new ArrayList<>();
        Configuration configuration = folder(folder, List.of(), resources);
        Generators.addHashes(resources);
        new References(resources, configuration).follow();
        new Variables(resources, variables).resolve();
        SortOrder.apply(top, resources);
        return resources;
    }

    private Configuration folder(Path folder, List<Path> visited, List<Resource> resources)
            throws InputException, IOException {
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
        if (visited.isEmpty()) {
            top = kustomization;
        }
        boolean isComponent = kustomization.text("kind").equals("Component");
        List<Resource> own = isComponent ? resources : new ArrayList<>();
        Configuration configuration = accumulate(kustomization, folder, way, own);
        for (String component : texts(kustomization, "components")) {
            configuration.addAll(folder(component(folder, component), way, own));
        }
        configure(kustomization, folder, configuration);
        new Generators(reading, folder, kustomization).run(own);
        for (Resource resource : new ChartSource(reading, limits, folder).resources(kustomization)) {
            append(checked(resource), own);
        }
        transform(kustomization, folder, own, configuration);
        items(kustomization, "vars").forEach(variables::add);
        if (!isComponent) {
            for (Resource resource : own) {
                append(resource, resources);
            }
        }
        return configuration;
    }

    private void configure(Draft.Fields kustomization, Path folder, Configuration configuration)
            throws InputException, IOException {
        for (String file : texts(kustomization, "configurations")) {
            for (Draft.Fields fields : reading.maps(folder, file)) {
                configuration.read(fields);
            }
        }
        for (String file : texts(kustomization, "crds")) {
            for (Draft.Fields definitions : reading.maps(folder, file)) {
                CustomKinds.read(definitions, configuration);
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
        refuseWhatRuns(fields, file.get());
        for (String name : List.of("openapi", "buildMetadata")) {
            fields.get(name).filter(value -> !value.isNull()).ifPresent(value -> notDone(name, value, file.get()));
        }
        return fields;
    }

    private void notDone(String name, Draft value, Path file) {
        Gap gap = new Gap(
                Gap.Code.UNSUPPORTED,
                file + ":" + value.place().line(),
                "kustomize " + name + ": " + NOT_DONE.getOrDefault(name, ""));
        reading.add(gap);
    }

    private static void refuseWhatRuns(Draft.Fields fields, Path file) throws InputException {
        for (String name : List.of("helmChartInflationGenerator", "generators", "transformers", "validators")) {
            Optional<Draft> value = fields.get(name).filter(written -> !written.isNull());
            if (value.isPresent()) {
                throw new InputException(
                        InputException.Code.UNSUPPORTED,
                        name + " (" + file.getFileName() + ":"
                                + value.get().place().line() + "): plug-ins are not run");
            }
        }
    }

    private Configuration accumulate(Draft.Fields kustomization, Path folder, List<Path> way, List<Resource> own)
            throws InputException, IOException {
        Configuration configuration = new Configuration();
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
                    configuration.addAll(folder(base(path.toRealPath()), way, own));
                } else {
                    Path file = reading.inside(folder, each);
                    for (Draft.Fields object : reading.objects(file)) {
                        Resource resource = checked(new Resource(object, file.toString()));
                        if (!resource.isLocal()) {
                            append(resource, own);
                        }
                    }
                }
            } catch (InputException wrong) {
                throw new InputException(
                        wrong.code(), "accumulating resources from '" + each + "': " + wrong.getMessage(), wrong);
            }
        }
        return configuration;
    }

    private static Resource checked(Resource resource) throws InputException {
        if (resource.kind().isEmpty() || resource.name().isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    resource.file + ": an object has no " + (resource.kind().isEmpty() ? "kind" : "metadata.name"));
        }
        return resource;
    }

    /** A folder of components is no base. */
    private Path base(Path folder) throws InputException, IOException {
        if (isComponent(folder)) {
            throw new InputException(
                    InputException.Code.MALFORMED, "expected kind != 'Component' for path '" + folder + "'");
        }
        return folder;
    }

    private Path component(Path folder, String given) throws InputException, IOException {
        Path component = directory(folder, given);
        if (!isComponent(component)) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "expected kind 'Component' for path '" + component + "' but got 'Kustomization'");
        }
        return component;
    }

    private boolean isComponent(Path folder) throws InputException, IOException {
        return kustomization(folder).text("kind").equals("Component");
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

    private void transform(Draft.Fields kustomization, Path folder, List<Resource> own, Configuration configuration)
            throws InputException, IOException {
        Patches patches = new Patches(reading, folder, own);
        for (String patch : texts(kustomization, "patchesStrategicMerge")) {
            patches.merging(patch);
        }
        for (Draft.Fields patch : items(kustomization, "patches")) {
            patches.apply(patch);
        }
        Names names = new Names(own, configuration);
        names.namespace(kustomization.text("namespace"));
        names.affix(kustomization.text("namePrefix"), kustomization.text("nameSuffix"));
        new Labels(own, configuration).apply(kustomization);
        for (Draft.Fields patch : items(kustomization, "patchesJson6902")) {
            patches.apply(patch);
        }
        for (Draft.Fields replica : items(kustomization, "replicas")) {
            names.replicas(replica);
        }
        for (Draft.Fields image : items(kustomization, "images")) {
            Images.apply(own, image, configuration);
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
