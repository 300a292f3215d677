package dev.holdfast.jvm.reach.layout;

import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.InputException;
import dev.holdfast.jvm.reach.image.ImageFiles;
import dev.holdfast.jvm.reach.image.Paths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applications that are packed to be started by a loader of their own.
 *
 * <ul>
 *   <li>A Boot archive or its unpacked form: {@code BOOT-INF/classes} (or {@code WEB-INF/classes}), then {@code lib} in the order of
 *       {@code classpath.idx}, else of the archive; it begins in {@code Start-Class}. The loader in front is the container.
 *   <li>A web application, as an archive or a folder: {@code WEB-INF/classes}, then {@code WEB-INF/lib}.
 *   <li>Quarkus: {@code app}, {@code quarkus} and {@code lib/main} beside {@code quarkus-run.jar}.
 * </ul>
 */
final class Packaging {
    private final ImageFiles files;
    private final Archives archives;
    private final Assembly assembly;

    Packaging(ImageFiles files, Archives archives, Assembly assembly) {
        this.files = files;
        this.archives = archives;
        this.assembly = assembly;
    }

    /** Whether the archive is one of Boot's, which loads classes from folders and archives in itself. */
    boolean unfolded(String path, ZipArchive archive, Map<String, String> manifest) throws InputException, IOException {
        String start = manifest.getOrDefault("Start-Class", "");
        String prefix = start.isEmpty() ? "" : hasFolder(archive, "BOOT-INF/") ? "BOOT-INF/" : "WEB-INF/";
        if (start.isEmpty() || !hasFolder(archive, prefix)) {
            return false;
        }
        if (prefix.equals("WEB-INF/")) {
            assembly.asWeb();
        }
        nested(path, archive, prefix);
        assembly.part(path, Element.of(archive, path, "", Element.Use.CONTAINER, 0));
        assembly.begins(start, "");
        String launcher = manifest.getOrDefault("Main-Class", "");
        if (!launcher.isEmpty()) {
            assembly.begins(new Application.Root(launcher.replace('.', '/'), false, " (Boot's launcher)"));
        }
        return true;
    }

    /** The classes and archives of a Boot archive, or of a war. */
    void nested(String path, ZipArchive archive, String prefix) throws InputException, IOException {
        String classes = prefix + "classes/";
        assembly.part(
                path + " ▸ " + classes,
                Element.of(archive, path + " ▸ " + prefix + "classes", classes, Element.Use.OWN, 0));
        Set<String> names = new LinkedHashSet<>();
        names.addAll(
                indexed(archives.text(path, archive, prefix + "classpath.idx").orElse("")));
        if (names.isEmpty() && !prefix.equals("BOOT-INF/")) {
            assembly.unordered();
        }
        for (int i = 0; i < archive.count(); i++) {
            String name = archive.name(i);
            if (name.startsWith(prefix + "lib") && name.endsWith(".jar")) {
                names.add(name);
            }
        }
        for (String name : names) {
            Optional<Integer> entry = archives.entry(path, archive, name);
            if (entry.isPresent()) {
                assembly.nestedArchive(path, archive, entry.get());
            }
        }
    }

    private static boolean hasFolder(ZipArchive archive, String prefix) {
        for (int i = 0; i < archive.count(); i++) {
            if (archive.nameHas(i, 0, prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the folder is an unpacked Boot archive that its launcher starts. */
    boolean unpacked(String folder, String main) {
        if (!main.startsWith("org/springframework/boot/loader/")) {
            return false;
        }
        for (String prefix : List.of("BOOT-INF", "WEB-INF")) {
            if (files.kind(folder + "/" + prefix).isPresent()) {
                if (prefix.equals("WEB-INF")) {
                    assembly.asWeb();
                }
                exploded(folder + "/" + prefix);
                assembly.folder(folder, Element.Use.CONTAINER);
                assembly.begins(
                        started(folder + "/META-INF/MANIFEST.MF"),
                        "the manifest in " + folder + " names no start class");
                assembly.begins(new Application.Root(main, false, " (Boot's launcher)"));
                return true;
            }
        }
        return false;
    }

    private String started(String manifest) {
        return Archives.attributes(text(manifest)).getOrDefault("Start-Class", "");
    }

    /** {@code classes} and {@code lib} of a folder {@code BOOT-INF} or {@code WEB-INF}. */
    void exploded(String folder) {
        if (files.kind(folder + "/classes").isPresent()) {
            assembly.folder(folder + "/classes", Element.Use.OWN);
        }
        List<String> names = files.children(folder);
        for (String name : names) {
            if (name.equals("lib") || name.equals("lib-provided")) {
                Set<String> jars = new LinkedHashSet<>();
                for (String line : indexed(text(folder + "/classpath.idx"))) {
                    jars.add(Paths.resolve(Paths.parent(folder), line));
                }
                if (jars.isEmpty()) {
                    assembly.unordered();
                }
                jars.addAll(files.jars(folder + "/" + name));
                jars.forEach(jar -> assembly.archive(files.real(jar), Element.Use.LIBRARY, false));
            }
        }
    }

    /** The lines of {@code classpath.idx}, a list in YAML: {@code - "BOOT-INF/lib/x.jar"}. */
    private static List<String> indexed(String text) {
        List<String> found = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String item = line.strip();
            if (item.startsWith("-")) {
                found.add(item.substring(1).strip().replace("\"", ""));
            }
        }
        return found;
    }

    private String text(String path) {
        try {
            return new String(Element.whole(files.open(path)), StandardCharsets.UTF_8);
        } catch (InputException | IOException unreadable) {
            return "";
        }
    }

    void quarkus(String folder) {
        if (files.kind(folder + "/quarkus/quarkus-application.dat").isEmpty()) {
            return;
        }
        for (String name : List.of("app", "quarkus")) {
            files.jars(folder + "/" + name).forEach(jar -> assembly.archive(files.real(jar), Element.Use.OWN, false));
        }
        files.jars(folder + "/lib/main").forEach(jar -> assembly.archive(files.real(jar), Element.Use.LIBRARY, false));
        for (String main : List.of("io/quarkus/runner/GeneratedMain", "io/quarkus/runner/ApplicationImpl")) {
            assembly.begins(new Application.Root(main, true, " (made by Quarkus)"));
        }
    }
}
