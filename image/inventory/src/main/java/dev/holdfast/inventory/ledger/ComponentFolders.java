package dev.holdfast.inventory.ledger;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which files belong to a language's packages: the record file itself; below it, for npm, the package's folder; for gems and Composer the
 * folder that the record's place leads to; for Python the files that {@code RECORD} lists; for archives and programs the file.
 */
final class ComponentFolders {
    private static final String NESTED = " ▸ ";

    private final Map<String, String> files = new HashMap<>();
    private final Map<String, String> folders = new HashMap<>();
    private final FileTree tree;
    private final Limits limits;
    private final Gaps gaps;

    ComponentFolders(List<Component> components, FileTree tree, Limits limits, Gaps gaps) throws IOException {
        this.tree = tree;
        this.limits = limits;
        this.gaps = gaps;
        for (Component component : components) {
            boolean isHere = component.state() == Component.State.INSTALLED
                    && !component.record().type().isOfDistribution();
            if (isHere) {
                for (Component.Location location : component.locations()) {
                    add(component, location.path());
                }
            }
        }
    }

    /** Whether this file must be at hand. */
    static boolean reads(String path) {
        return path.endsWith(".dist-info/RECORD");
    }

    private void add(Component component, String path) throws IOException {
        int nested = path.indexOf(NESTED);
        String file = nested < 0 ? path : path.substring(0, nested);
        PackageRecord record = component.record();
        String owner = component.purl().toString();
        files.putIfAbsent(file, owner);
        String folder = file.substring(0, Math.max(0, file.lastIndexOf('/')));
        switch (record.type()) {
            case NPM -> {
                if (file.endsWith("/package.json") && file.contains("/node_modules/")) {
                    folders.putIfAbsent(folder, owner);
                }
            }
            case GEM -> {
                if (file.endsWith(".gemspec") && folder.endsWith("/specifications")) {
                    String name = file.substring(folder.length() + 1, file.length() - ".gemspec".length());
                    String home = folder.substring(0, folder.length() - "/specifications".length());
                    folders.putIfAbsent(home + "/gems/" + name, owner);
                }
            }
            case COMPOSER -> {
                if (file.endsWith("/composer/installed.json")) {
                    String vendor = folder.substring(0, folder.length() - "/composer".length());
                    folders.putIfAbsent(vendor + "/" + record.name(), owner);
                }
            }
            case PYPI -> python(file, folder, owner);
            default -> {
                // the file alone
            }
        }
    }

    private void python(String file, String folder, String owner) throws IOException {
        if (!folder.endsWith(".dist-info") && !folder.endsWith(".egg-info")) {
            return;
        }
        folders.putIfAbsent(folder, owner);
        Optional<FileVersion> record = tree.resolve(folder + "/RECORD");
        if (record.isEmpty() || record.get().type() != FileType.REGULAR) {
            return;
        }
        String packages = folder.substring(0, folder.lastIndexOf('/'));
        try {
            String text = new String(tree.content(record.get()).readAll(limits.fileBytes()), StandardCharsets.UTF_8);
            for (String line : text.split("\n", -1)) {
                int end = line.startsWith("\"") ? line.indexOf('"', 1) : line.indexOf(',');
                if (end > 0) {
                    String name = line.substring(line.startsWith("\"") ? 1 : 0, end);
                    files.putIfAbsent(joined(packages, name), owner);
                }
            }
        } catch (InputException unreadable) {
            gaps.add(Gap.Code.UNREADABLE, file, "the list of its files: " + unreadable.getMessage());
        }
    }

    /** A name of the list, which may begin with {@code ../}. */
    private static String joined(String folder, String name) {
        String rest = name;
        String base = folder;
        while (rest.startsWith("../") && !base.isEmpty()) {
            rest = rest.substring(3);
            base = base.substring(0, Math.max(0, base.lastIndexOf('/')));
        }
        return rest.startsWith("/") ? rest : base + "/" + rest;
    }

    /** The package URL of the component that a file belongs to. */
    Optional<String> ownerOf(String path) {
        String owner = files.get(path);
        String folder = path;
        while (owner == null && !folder.isEmpty()) {
            folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
            owner = folders.get(folder);
        }
        return Optional.ofNullable(owner);
    }
}
