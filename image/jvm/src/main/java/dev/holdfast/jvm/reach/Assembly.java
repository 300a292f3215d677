package dev.holdfast.jvm.reach;

import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts one application's class path together, as the launcher and the loaders of Spring Boot and Quarkus do.
 *
 * <ul>
 *   <li>An archive brings those that its manifest's {@code Class-Path} names, relative to it, right behind itself.
 *   <li>{@code folder/*} stands for all archives of the folder, in an order that is not defined.
 *   <li>A Boot archive or its unpacked form: {@code BOOT-INF/classes} (or {@code WEB-INF/classes}), then {@code lib} in the order of
 *       {@code classpath.idx}, else of the archive; it begins in {@code Start-Class}. The loader in front is the container.
 *   <li>Quarkus: {@code app}, {@code quarkus} and {@code lib/main} beside {@code quarkus-run.jar}.
 * </ul>
 */
final class Assembly {
    private static final int MOST_ELEMENTS = 20_000;

    private final ImageFiles files;
    private final Archives archives;
    private final Limits limits;
    private final int release;
    private final String workingDirectory;

    private final Map<String, Element> elements = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Application.Root> roots = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private boolean isWeb;
    private boolean isServer;
    private boolean isOrdered = true;

    Assembly(ImageFiles files, Archives archives, Limits limits, int release, String workingDirectory) {
        this.files = files;
        this.archives = archives;
        this.limits = limits;
        this.release = release;
        this.workingDirectory = workingDirectory;
    }

    Application application(JavaCommand command) {
        switch (command.kind()) {
            case ARCHIVE -> mainArchive(absolute(command.main()));
            case CLASS -> mainClass(command);
            case MODULE -> mainModule(command);
            case NOTHING -> doubts.add("Java is started without a main class");
        }
        agents(command.options());
        return finished(label(command), List.of());
    }

    Application finished(String label, List<Application.Configuration> configurations) {
        return new Application(
                label, List.copyOf(elements.values()), roots, isWeb, isServer, isOrdered, configurations, doubts);
    }

    static String label(JavaCommand command) {
        return switch (command.kind()) {
            case ARCHIVE -> "java -jar " + command.main();
            case CLASS -> "java " + command.main();
            case MODULE -> "java -m " + command.main();
            case NOTHING -> "java";
        };
    }

    private String absolute(String path) {
        return files.real(Paths.resolve(workingDirectory, path));
    }

    // --- the kinds of start ---

    private void mainArchive(String path) {
        try {
            ZipArchive archive = archives.file(path);
            Map<String, String> manifest = archives.manifest(path, archive);
            if (!unfolded(path, archive, manifest)) {
                String main = manifest.getOrDefault("Main-Class", "");
                root(main, "the manifest of " + path + " names no main class");
                archive(path, Element.Use.OWN, true);
            }
            quarkus(Paths.parent(path));
            agent(manifest.getOrDefault("Launcher-Agent-Class", ""), path);
        } catch (InputException | IOException unreadable) {
            doubts.add(path + ", which is to be started, cannot be read: " + unreadable.getMessage());
        }
    }

    private void root(String main, String otherwise) {
        if (main.isEmpty()) {
            doubts.add(otherwise);
        } else {
            roots.add(new Application.Root(main.replace('.', '/'), false, ""));
        }
    }

    private void mainClass(JavaCommand command) {
        String main = command.main().replace('.', '/');
        List<String> entries = new ArrayList<>();
        for (String entry : command.classPath()) {
            entries.addAll(wildcard(entry));
        }
        for (String entry : entries) {
            String path = absolute(entry);
            if (files.kind(path).isEmpty()) {
                doubts.add(path + ", which the class path names, is not in the image");
            } else if (!unpacked(path, main)) {
                element(path, main);
            }
        }
        if (roots.isEmpty()) {
            roots.add(new Application.Root(main, false, ""));
        }
    }

    private List<String> wildcard(String entry) {
        if (!entry.equals("*") && !entry.endsWith("/*")) {
            return List.of(entry);
        }
        String folder = absolute(entry.equals("*") ? "." : entry.substring(0, entry.length() - 2));
        List<String> jars = jars(folder);
        isOrdered &= jars.size() < 2;
        return jars;
    }

    private List<String> jars(String folder) {
        List<String> found = new ArrayList<>();
        for (String name : files.children(folder)) {
            if (name.endsWith(".jar") || name.endsWith(".JAR")) {
                found.add(folder + "/" + name);
            }
        }
        return found;
    }

    private void element(String path, String main) {
        if (files.kind(path).filter(ImageFiles.Kind.FOLDER::equals).isPresent()) {
            folder(path, Element.Use.OWN);
            return;
        }
        boolean isOwn = false;
        try {
            isOwn = archives.entry(path, archives.file(path), main + ".class").isPresent();
        } catch (InputException | IOException unreadable) {
            isOwn = false; // told when it is added
        }
        archive(path, isOwn ? Element.Use.OWN : Element.Use.LIBRARY, false);
    }

    private void mainModule(JavaCommand command) {
        int slash = command.main().indexOf('/');
        for (String entry : command.modulePath()) {
            String path = absolute(entry);
            List<String> jars = jars(path);
            for (String jar : jars.isEmpty() ? List.of(path) : jars) {
                element(
                        absolute(jar),
                        slash < 0 ? "" : command.main().substring(slash + 1).replace('.', '/'));
            }
        }
        for (String entry : command.classPath()) {
            for (String jar : wildcard(entry)) {
                element(absolute(jar), "");
            }
        }
        root(
                slash < 0 ? "" : command.main().substring(slash + 1),
                "the main class of module " + command.main() + " is not told by its name");
    }

    private void agents(List<String> options) {
        for (String option : options) {
            if (option.startsWith("-javaagent:")) {
                String path = option.substring("-javaagent:".length());
                int equals = path.indexOf('=');
                agentArchive(absolute(equals < 0 ? path : path.substring(0, equals)));
            } else if (option.startsWith("-Xbootclasspath/")) {
                for (String path : option.substring(option.indexOf(':') + 1).split(":", -1)) {
                    archive(absolute(path), Element.Use.LIBRARY, true);
                }
            } else if (option.startsWith("-Djava.system.class.loader=")) {
                doubts.add("classes are loaded by a loader of the application's own");
            } else if (option.startsWith("-Dloader.path=")) {
                doubts.add("Boot's launcher is given further places to load from");
            } else if (option.startsWith("-D") && option.indexOf('=') > 0) {
                int equals = option.indexOf('=');
                String how = " (named by the option " + option.substring(0, equals) + ")";
                String named = option.substring(equals + 1).replace('.', '/');
                roots.add(new Application.Root(named, true, how));
            }
        }
    }

    private void agentArchive(String path) {
        try {
            ZipArchive archive = archives.file(path);
            agent(archives.manifest(path, archive).getOrDefault("Premain-Class", ""), path);
            archive(path, Element.Use.LIBRARY, true);
        } catch (InputException | IOException unreadable) {
            doubts.add("the agent " + path + " cannot be read");
        }
    }

    private void agent(String main, String path) {
        if (!main.isEmpty()) {
            roots.add(new Application.Root(main.replace('.', '/'), false, " (an agent, " + path + ")"));
        }
    }

    // --- elements ---

    void folder(String path, Element.Use use) {
        try {
            elements.put(path, Element.of(files, path, use, limits));
        } catch (InputException tooMuch) {
            doubts.add(path + ": " + tooMuch.getMessage());
        }
    }

    /** An archive, and what its manifest brings along. */
    void archive(String path, Element.Use use, boolean mustBeThere) {
        if (elements.size() >= MOST_ELEMENTS) {
            doubts.add("the class path has more than " + MOST_ELEMENTS + " elements");
            return;
        }
        if (!seen.add(path)) {
            return;
        }
        if (files.kind(path).filter(ImageFiles.Kind.FILE::equals).isEmpty()) {
            if (mustBeThere) {
                doubts.add(path + ", which the class path names, is not in the image");
            }
            return;
        }
        try {
            ZipArchive archive = archives.file(path);
            Map<String, String> manifest = archives.manifest(path, archive);
            elements.put(path, Element.of(archive, path, "", use, releaseFor(manifest)));
            for (String entry : manifest.getOrDefault("Class-Path", "").split(" +")) {
                chained(path, entry, use == Element.Use.OWN);
            }
        } catch (InputException | IOException unreadable) {
            doubts.add(path + " on the class path cannot be read: " + unreadable.getMessage());
        }
    }

    /** An entry of {@code Class-Path} is a URL relative to the archive; a folder's ends with a slash. */
    private void chained(String from, String entry, boolean mustBeThere) {
        String path =
                entry.startsWith("file:") ? entry.substring("file:".length()).replaceFirst("^//", "") : entry;
        if (path.isEmpty() || path.contains("://")) {
            return;
        }
        String resolved = files.real(Paths.resolve(Paths.parent(from), decoded(path)));
        if (path.endsWith("/")
                && files.kind(resolved).filter(ImageFiles.Kind.FOLDER::equals).isPresent()) {
            if (seen.add(resolved)) {
                folder(resolved, Element.Use.LIBRARY);
            }
        } else {
            archive(resolved, Element.Use.LIBRARY, mustBeThere);
        }
    }

    private static String decoded(String path) {
        return path.replace("%20", " ").replace("%2B", "+").replace("%2b", "+");
    }

    private int releaseFor(Map<String, String> manifest) {
        return manifest.getOrDefault("Multi-Release", "").equalsIgnoreCase("true") ? release : 0;
    }

    // --- Spring Boot, wars and Quarkus ---

    /** Whether the archive is one of Boot's, which loads classes from folders and archives in itself. */
    private boolean unfolded(String path, ZipArchive archive, Map<String, String> manifest)
            throws InputException, IOException {
        String start = manifest.getOrDefault("Start-Class", "");
        String prefix = start.isEmpty() ? "" : hasFolder(archive, "BOOT-INF/") ? "BOOT-INF/" : "WEB-INF/";
        if (start.isEmpty() || !hasFolder(archive, prefix)) {
            return false;
        }
        isWeb = prefix.equals("WEB-INF/");
        nested(path, archive, prefix);
        elements.put(path, Element.of(archive, path, "", Element.Use.CONTAINER, 0));
        root(start, "");
        String launcher = manifest.getOrDefault("Main-Class", "");
        if (!launcher.isEmpty()) {
            roots.add(new Application.Root(launcher.replace('.', '/'), false, " (Boot's launcher)"));
        }
        return true;
    }

    /** The classes and archives of a Boot archive, or of a war. */
    void nested(String path, ZipArchive archive, String prefix) throws InputException, IOException {
        String classes = prefix + "classes/";
        elements.put(
                path + " ▸ " + classes,
                Element.of(archive, path + " ▸ " + prefix + "classes", classes, Element.Use.OWN, 0));
        Set<String> names = new LinkedHashSet<>();
        names.addAll(
                indexed(archives.text(path, archive, prefix + "classpath.idx").orElse("")));
        isOrdered &= !names.isEmpty() || prefix.equals("BOOT-INF/");
        for (int i = 0; i < archive.count(); i++) {
            String name = archive.name(i);
            if (name.startsWith(prefix + "lib") && name.endsWith(".jar")) {
                names.add(name);
            }
        }
        for (String name : names) {
            Optional<Integer> entry = archives.entry(path, archive, name);
            if (entry.isPresent()) {
                nestedArchive(path, archive, entry.get());
            }
        }
    }

    private void nestedArchive(String path, ZipArchive outer, int entry) {
        String place = path + " ▸ " + outer.name(entry);
        try {
            ZipArchive archive = archives.inside(path, outer, entry);
            int version = releaseFor(archives.manifest(place, archive));
            elements.put(place, Element.of(archive, place, "", Element.Use.LIBRARY, version));
        } catch (InputException | IOException unreadable) {
            doubts.add(place + " on the class path cannot be read: " + unreadable.getMessage());
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
    private boolean unpacked(String folder, String main) {
        if (!main.startsWith("org/springframework/boot/loader/")) {
            return false;
        }
        for (String prefix : List.of("BOOT-INF", "WEB-INF")) {
            if (files.kind(folder + "/" + prefix).isPresent()) {
                isWeb = prefix.equals("WEB-INF");
                exploded(folder + "/" + prefix);
                folder(folder, Element.Use.CONTAINER);
                root(started(folder + "/META-INF/MANIFEST.MF"), "the manifest in " + folder + " names no start class");
                roots.add(new Application.Root(main, false, " (Boot's launcher)"));
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
            folder(folder + "/classes", Element.Use.OWN);
        }
        List<String> names = files.children(folder);
        for (String name : names) {
            if (name.equals("lib") || name.equals("lib-provided")) {
                Set<String> jars = new LinkedHashSet<>();
                for (String line : indexed(text(folder + "/classpath.idx"))) {
                    jars.add(Paths.resolve(Paths.parent(folder), line));
                }
                isOrdered &= !jars.isEmpty();
                jars.addAll(jars(folder + "/" + name));
                jars.forEach(jar -> archive(files.real(jar), Element.Use.LIBRARY, false));
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

    void asServer() {
        isServer = true;
    }

    void asWeb() {
        isWeb = true;
    }

    void begins(Application.Root root) {
        roots.add(root);
    }

    void doubts(String sentence) {
        doubts.add(sentence);
    }

    private void quarkus(String folder) {
        if (files.kind(folder + "/quarkus/quarkus-application.dat").isEmpty()) {
            return;
        }
        for (String name : List.of("app", "quarkus")) {
            jars(folder + "/" + name).forEach(jar -> archive(files.real(jar), Element.Use.OWN, false));
        }
        jars(folder + "/lib/main").forEach(jar -> archive(files.real(jar), Element.Use.LIBRARY, false));
        for (String main : List.of("io/quarkus/runner/GeneratedMain", "io/quarkus/runner/ApplicationImpl")) {
            roots.add(new Application.Root(main, true, " (made by Quarkus)"));
        }
    }
}
