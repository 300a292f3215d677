package dev.holdfast.inventory.dotnet;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.inventory.BroughtAlong;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.XmlTags;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads NuGet packages from what stands beside a deployed application and what projects lock or restore:
 *
 * <pre>
 *   *.deps.json, project.assets.json      see {@link Libraries}
 *   packages.lock.json
 *       { "dependencies": { FRAMEWORK: { "Name": { "type": "Direct" | "Transitive" | "Project", "resolved": "1.0.0" } } } }
 *   packages.config             &lt;package id="Name" version="1.0.0" developmentDependency="true"/>
 *   Directory.Packages.props    &lt;PackageVersion Include="Name" Version="1.0.0"/>
 * </pre>
 */
public final class NugetCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of(
            "*.json", "packages.lock.json", "packages.config", "project.assets.json", "Directory.Packages.props");
    private static final String DEPLOYED = ".deps.json";

    @Override
    public String name() {
        return "nuget";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        ".NET, deployed",
                        "`*.deps.json`",
                        "packages and the runtime packs of self-contained applications"),
                new Reads(
                        ".NET, locked",
                        "`packages.lock.json`, `project.assets.json`, `packages.config`, `Directory.Packages.props`",
                        "every package with its line; of `Directory.Packages.props` only exact versions"));
    }

    @Override
    public boolean isRecord(String path) {
        boolean isOfKind = !path.endsWith(".json")
                || path.endsWith(DEPLOYED)
                || path.endsWith("/packages.lock.json")
                || path.endsWith("/project.assets.json");
        return isOfKind && !BroughtAlong.isInside(path);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        Set<String> seen = new HashSet<>();
        Consumer<PackageRecord> once = each -> {
            if (seen.add(each.name() + " " + each.version())) {
                packages.accept(each);
            }
        };
        switch (file.name()) {
            case "packages.config" -> readTags(file, "package", "id", "version", once);
            case "Directory.Packages.props" -> readTags(file, "PackageVersion", "Include", "Version", once);
            case "packages.lock.json" -> readLock(file, once);
            default -> readLibraries(file, once);
        }
    }

    private static void readTags(
            RecordFile file, String element, String name, String version, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        XmlTags tags = new XmlTags(file.bytes());
        while (tags.advance()) {
            String exact = tags.isClosing() || !tags.name().equals(element) ? "" : exact(tags.attribute(version));
            if (!exact.isEmpty() && !tags.attribute(name).isEmpty()) {
                packages.accept(PackageRecord.locked(
                                PackageType.NUGET, tags.attribute(name), exact, file.name(), tags.line())
                        .forDevelopment(tags.attribute("developmentDependency").equals("true")));
            }
        }
    }

    /** {@code 1.0} and {@code [1.0]}; nothing for a range, a wildcard or a property. */
    private static String exact(String version) {
        boolean isBracketed = version.startsWith("[") && version.endsWith("]");
        String plain = isBracketed ? version.substring(1, version.length() - 1) : version;
        boolean isExact = !plain.isEmpty()
                && Character.isDigit(plain.charAt(0))
                && plain.indexOf(',') < 0
                && plain.indexOf('*') < 0;
        return isExact ? plain : "";
    }

    private static void readLock(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        try (JsonCursor cursor = JsonCursor.openObject(file.bytes(), file.limits())) {
            while (cursor.nextMember()) {
                if (cursor.name().equals("dependencies") && cursor.enterObject()) {
                    while (cursor.nextMember()) {
                        readFramework(cursor, packages);
                    }
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private static void readFramework(JsonCursor cursor, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            String name = cursor.name();
            int line = cursor.line();
            String resolved = "";
            if (cursor.enterObject()) {
                while (cursor.nextMember()) {
                    if (cursor.name().equals("resolved")) {
                        resolved = cursor.text().orElse("");
                    } else {
                        cursor.skip();
                    }
                }
            }
            if (!resolved.isEmpty()) {
                packages.accept(PackageRecord.locked(PackageType.NUGET, name, resolved, "packages.lock.json", line));
            }
        }
    }

    private static void readLibraries(RecordFile file, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        boolean isDeployed = file.name().endsWith(DEPLOYED);
        Libraries.read(
                file.bytes(),
                file.limits(),
                (name, version, isRuntime, line) -> packages.accept(
                        isDeployed
                                ? PackageRecord.of(
                                                PackageType.NUGET,
                                                name,
                                                version,
                                                Confidence.HIGH,
                                                isRuntime ? "deps.json: runtime pack" : "deps.json")
                                        .withLine(line)
                                : PackageRecord.locked(PackageType.NUGET, name, version, file.name(), line)));
    }
}
