package dev.holdfast.inventory.licence;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds under which licences the packages of a target say that they stand: {@link Detail#LICENCE} in their own words, {@link Detail#SPDX} as
 * an expression. Most records carry the words; those of dpkg, npm, Maven and Composer packages lie in files that are read only here, so that nobody
 * pays for them who does not ask, and Python's classifiers are asked where the other fields say nothing.
 */
public final class DeclaredLicences {
    private static final String DOCUMENTATION = "/usr/share/doc/";
    private static final String COPYRIGHT = "/copyright";

    /** The longest copyright files, of browsers and kernels, have a few million bytes. */
    private static final long MOST_COPYRIGHT = 16L << 20;

    private final Optional<FileTree> tree;
    private final Limits limits;
    private final Gaps gaps;
    private final Optional<MavenLicences> java;
    private final Map<String, Map<String, String>> composer = new HashMap<>();

    /** @param tree read with {@link #interest}; empty for a bill of materials, which says all that it knows */
    private DeclaredLicences(Optional<FileTree> tree, Limits limits, Gaps gaps) {
        this.tree = tree;
        this.java = tree.map(files -> new MavenLicences(files, limits));
        this.limits = limits;
        this.gaps = gaps;
    }

    /** What the tree must have been read with beside the inventory's own interest. */
    public static Interest interest(Interest inventory) {
        return (path, header) ->
                path.startsWith(DOCUMENTATION) && path.endsWith(COPYRIGHT) ? Want.CONTENT : inventory.in(path, header);
    }

    /** The components of a tree with their licences. */
    public static List<Component> of(List<Component> components, FileTree tree, Limits limits, Gaps gaps)
            throws IOException {
        return new DeclaredLicences(Optional.of(tree), limits, gaps).all(components);
    }

    /** The components of a bill of materials with the licences that it gives them. */
    public static List<Component> of(List<Component> components) {
        List<Component> known = new ArrayList<>(components.size());
        for (Component component : components) {
            String words = component.record().detail(Detail.LICENCE).orElse("");
            known.add(with(component, words, LicenceWords.read(words)));
        }
        return known;
    }

    private List<Component> all(List<Component> components) throws IOException {
        List<Component> known = new ArrayList<>(components.size());
        for (Component component : components) {
            known.add(component.state() == Component.State.INSTALLED ? one(component) : component);
        }
        return known;
    }

    private Component one(Component component) throws IOException {
        String words = component.record().detail(Detail.LICENCE).orElse("").strip();
        if (!words.isEmpty()) {
            return with(component, words, LicenceWords.read(words));
        }
        try {
            if (component.record().type() == PackageType.DEB) {
                Optional<LicenceExpression> read = content(
                                DOCUMENTATION + component.record().name() + COPYRIGHT)
                        .flatMap(DebianCopyright::read);
                return with(component, "", read);
            }
            for (Component.Location location : component.locations()) {
                String found = words(component.record(), location.path());
                if (!found.isBlank()) {
                    return with(component, found.strip(), LicenceWords.read(found));
                }
            }
        } catch (InputException unreadable) {
            gaps.add(Gap.Code.UNREADABLE, component.purl().toString(), "its licence: " + unreadable.getMessage());
        }
        return component;
    }

    private String words(PackageRecord record, String path) throws InputException, IOException {
        return switch (record.type()) {
            case NPM -> path.endsWith("/package.json") ? ofNpm(content(path).orElse("{}")) : "";
            case COMPOSER -> ofComposer(path).getOrDefault(record.name(), "");
            case MAVEN -> java.isPresent() ? java.get().words(record.name(), path) : "";
            case PYPI -> ofClassifiers(content(path).orElse(""));
            default -> "";
        };
    }

    private static Component with(Component component, String words, Optional<LicenceExpression> read) {
        if (read.isEmpty()) {
            return component;
        }
        PackageRecord record =
                component.record().withDetail(Detail.SPDX, read.get().toString());
        return new Component(
                component.purl(),
                words.isEmpty() ? record : record.withDetail(Detail.LICENCE, words),
                component.state(),
                component.ownedBy(),
                component.locations(),
                component.removedIn());
    }

    private Optional<String> content(String path) throws InputException, IOException {
        Optional<FileVersion> file = tree.flatMap(known -> known.resolve(path));
        if (file.isEmpty() || file.get().type() != FileType.REGULAR || tree.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = tree.get().content(file.get()).readAll(Math.min(MOST_COPYRIGHT, limits.fileBytes()));
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** {@code "license": "MIT"}; before 2015 also {@code {"type"}} and {@code "licenses": [ {"type"} ]}, of which one may be chosen. */
    private String ofNpm(String text) throws InputException {
        JsonValue head = Json.parse(text, limits);
        List<String> words = new ArrayList<>();
        for (String name : List.of("license", "licenses")) {
            JsonValue value = head.get(name);
            value.text().ifPresent(words::add);
            value.get("type").text().ifPresent(words::add);
            for (JsonValue each : value.elements()) {
                each.text().or(() -> each.get("type").text()).ifPresent(words::add);
            }
        }
        return String.join(" OR ", words);
    }

    /** Composer's list of installed packages, each with {@code "license": [ … ]}, of which one may be chosen. */
    private Map<String, String> ofComposer(String path) throws InputException, IOException {
        Map<String, String> known = composer.get(path);
        if (known != null) {
            return known;
        }
        Map<String, String> licences = new HashMap<>();
        composer.put(path, licences);
        JsonValue file = Json.parse(content(path).orElse("{}"), limits);
        List<JsonValue> packages = new ArrayList<>(file.elements());
        packages.addAll(file.get("packages").elements());
        packages.addAll(file.get("packages-dev").elements());
        for (JsonValue each : packages) {
            licences.put(
                    each.get("name").text().orElse(""),
                    String.join(" OR ", each.get("license").texts()));
        }
        return licences;
    }

    /** {@code Classifier: License :: OSI Approved :: MIT License}, all of them. */
    private static String ofClassifiers(String metadata) {
        List<String> words = new ArrayList<>();
        for (String line : metadata.split("\n", -1)) {
            if (line.isBlank()) {
                break;
            }
            String lower = line.toLowerCase(Locale.ROOT);
            int last = line.lastIndexOf("::");
            if (lower.startsWith("classifier:") && lower.contains("license ::") && last > 0) {
                String name = line.substring(last + 2).strip();
                if (!name.equals("OSI Approved")) {
                    words.add(name);
                }
            }
        }
        return String.join(" AND ", words);
    }
}
