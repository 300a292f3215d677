package dev.holdfast.jvm.reach.layout;

import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.InputException;
import dev.holdfast.jvm.reach.image.ImageFiles;
import dev.holdfast.jvm.reach.image.Paths;
import dev.holdfast.jvm.reach.start.JavaCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts one application together as the launcher does that a command line names: an archive, a main class or a module, and agents. In a class
 * path {@code folder/*} stands for all archives of the folder, in an order that is not defined.
 */
final class Launch {
    private final ImageFiles files;
    private final Archives archives;
    private final Assembly assembly;
    private final Packaging packaging;
    private final String workingDirectory;

    /** @param assembly what the application is put into; empty so far */
    Launch(ImageFiles files, Archives archives, Assembly assembly, String workingDirectory) {
        this.files = files;
        this.archives = archives;
        this.assembly = assembly;
        this.packaging = new Packaging(files, archives, assembly);
        this.workingDirectory = workingDirectory;
    }

    Application application(JavaCommand command) {
        switch (command.kind()) {
            case ARCHIVE -> mainArchive(absolute(command.main()));
            case CLASS -> mainClass(command);
            case MODULE -> mainModule(command);
            case NOTHING -> assembly.doubts("Java is started without a main class");
        }
        agents(command.options());
        return assembly.finished(label(command), List.of());
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

    private void mainArchive(String path) {
        try {
            ZipArchive archive = archives.file(path);
            Map<String, String> manifest = archives.manifest(path, archive);
            if (!packaging.unfolded(path, archive, manifest)) {
                String main = manifest.getOrDefault("Main-Class", "");
                assembly.begins(main, "the manifest of " + path + " names no main class");
                assembly.archive(path, Element.Use.OWN, true);
            }
            packaging.quarkus(Paths.parent(path));
            agent(manifest.getOrDefault("Launcher-Agent-Class", ""), path);
        } catch (InputException | IOException unreadable) {
            assembly.doubts(path + ", which is to be started, cannot be read: " + unreadable.getMessage());
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
                assembly.doubts(path + ", which the class path names, is not in the image");
            } else if (!packaging.unpacked(path, main)) {
                element(path, main);
            }
        }
        if (!assembly.hasBeginning()) {
            assembly.begins(new Application.Root(main, false, ""));
        }
    }

    private List<String> wildcard(String entry) {
        if (!entry.equals("*") && !entry.endsWith("/*")) {
            return List.of(entry);
        }
        String folder = absolute(entry.equals("*") ? "." : entry.substring(0, entry.length() - 2));
        List<String> jars = files.jars(folder);
        if (jars.size() > 1) {
            assembly.unordered();
        }
        return jars;
    }

    private void element(String path, String main) {
        if (files.kind(path).filter(ImageFiles.Kind.FOLDER::equals).isPresent()) {
            assembly.folder(path, Element.Use.OWN);
            return;
        }
        boolean isOwn = false;
        try {
            isOwn = archives.entry(path, archives.file(path), main + ".class").isPresent();
        } catch (InputException | IOException unreadable) {
            isOwn = false; // told when it is added
        }
        assembly.archive(path, isOwn ? Element.Use.OWN : Element.Use.LIBRARY, false);
    }

    private void mainModule(JavaCommand command) {
        int slash = command.main().indexOf('/');
        for (String entry : command.modulePath()) {
            String path = absolute(entry);
            List<String> jars = files.jars(path);
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
        assembly.begins(
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
                    assembly.archive(absolute(path), Element.Use.LIBRARY, true);
                }
            } else if (option.startsWith("-Djava.system.class.loader=")) {
                assembly.doubts("classes are loaded by a loader of the application's own");
            } else if (option.startsWith("-Dloader.path=")) {
                assembly.doubts("Boot's launcher is given further places to load from");
            } else if (option.startsWith("-D") && option.indexOf('=') > 0) {
                int equals = option.indexOf('=');
                String how = " (named by the option " + option.substring(0, equals) + ")";
                String named = option.substring(equals + 1).replace('.', '/');
                assembly.begins(new Application.Root(named, true, how));
            }
        }
    }

    private void agentArchive(String path) {
        try {
            ZipArchive archive = archives.file(path);
            agent(archives.manifest(path, archive).getOrDefault("Premain-Class", ""), path);
            assembly.archive(path, Element.Use.LIBRARY, true);
        } catch (InputException | IOException unreadable) {
            assembly.doubts("the agent " + path + " cannot be read");
        }
    }

    private void agent(String main, String path) {
        if (!main.isEmpty()) {
            assembly.begins(new Application.Root(main.replace('.', '/'), false, " (an agent, " + path + ")"));
        }
    }
}
