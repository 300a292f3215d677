package dev.holdfast.jvm.reach.layout;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.jvm.reach.image.ImageFiles;
import dev.holdfast.jvm.reach.image.Paths;
import dev.holdfast.jvm.reach.image.StartSettings;
import dev.holdfast.jvm.reach.start.JavaCommand;
import dev.holdfast.jvm.reach.start.Starts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The applications of an image: what its start leads to, web applications of a servlet container that it starts, and when it does not say how
 * it starts, every archive that can be started, with that doubt.
 *
 * <p>Of Tomcat and Jetty, the places are known: the container's own archives below {@code lib}, web applications below {@code webapps}, each a
 * folder or a war, with {@code WEB-INF/classes} and {@code WEB-INF/lib} before the container's.
 */
public final class Applications {
    private static final int MOST_GUESSED = 16;
    private static final Pattern DOCUMENT_BASE = Pattern.compile("docBase\\s*=\\s*[\"']([^\"']+)[\"']");

    private final ImageFiles files;
    private final StartSettings settings;
    private final Collection<String> known;
    private final Archives archives;
    private final Limits limits;
    private final List<Application> found = new ArrayList<>();

    /** @param known paths of Java archives in the image */
    public Applications(
            ImageFiles files, StartSettings settings, Collection<String> known, Archives archives, Limits limits) {
        this.files = files;
        this.settings = settings;
        this.known = known;
        this.archives = archives;
        this.limits = limits;
    }

    public List<Application> find(Starts.Found starts) {
        for (Starts.Start start : starts.starts()) {
            JavaCommand command = start.command();
            Map<String, String> environment = start.environment();
            if (command.main().equals("org.apache.catalina.startup.Bootstrap")) {
                String home = property(command, "catalina.home").orElse("/usr/local/tomcat");
                tomcat(home, property(command, "catalina.base").orElse(home), release(command, environment));
            } else if (isJetty(command)) {
                jetty(command, environment);
            } else {
                Application application = launch(release(command, environment)).application(command);
                found.add(application.doubted(starts.doubts()));
            }
        }
        for (String script : starts.servers()) {
            String home = Paths.parent(Paths.parent(script));
            tomcat(home, settings.environment().getOrDefault("CATALINA_BASE", home), release("java"));
        }
        if (found.isEmpty()) {
            guess(starts.doubts());
        }
        return found;
    }

    private Assembly assembly(int release) {
        return new Assembly(files, archives, limits, release);
    }

    private Launch launch(int release) {
        return new Launch(files, archives, assembly(release), settings.workingDirectory());
    }

    private static Optional<String> property(JavaCommand command, String name) {
        return command.options().stream()
                .filter(option -> option.startsWith("-D" + name + "="))
                .map(option -> option.substring(name.length() + 3))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** The Java release of the runtime that a launcher belongs to, told by the file {@code release} in its folder; the newest when unknown. */
    private int release(JavaCommand command, Map<String, String> environment) {
        String program = command.program();
        if (program.indexOf('/') >= 0) {
            return release(program);
        }
        String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        for (String folder : path.split(":", -1)) {
            if (files.kind(folder + "/" + program).isPresent()) {
                return release(folder + "/" + program);
            }
        }
        return Integer.MAX_VALUE;
    }

    private int release(String launcher) {
        String home = Paths.parent(Paths.parent(files.real(Paths.normal(launcher))));
        Matcher version = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d{1,3})").matcher(text(home + "/release"));
        return version.find() ? Integer.parseInt(version.group(1)) : Integer.MAX_VALUE;
    }

    private String text(String path) {
        try {
            return files.kind(path).filter(ImageFiles.Kind.FILE::equals).isPresent()
                    ? new String(Element.whole(files.open(path)), StandardCharsets.UTF_8)
                    : "";
        } catch (InputException | IOException unreadable) {
            return "";
        }
    }

    // --- servlet containers ---

    private void tomcat(String home, String base, int release) {
        List<String> libraries = new ArrayList<>();
        for (String folder : List.of(home + "/bin", home + "/lib", base + "/lib")) {
            for (String name : files.children(folder)) {
                if (name.endsWith(".jar")) {
                    libraries.add(files.real(folder + "/" + name));
                }
            }
        }
        List<Application.Configuration> configurations = new ArrayList<>();
        for (String name : List.of("server.xml", "context.xml", "web.xml")) {
            String path = base + "/conf/" + name;
            configurations.add(new Application.Configuration(text(path), path));
        }
        Assembly server = assembly(release);
        server.asServer();
        libraries.forEach(path -> server.archive(path, Element.Use.CONTAINER, false));
        server.begins(new Application.Root("org/apache/catalina/startup/Bootstrap", false, ""));
        server.begins(new Application.Root("org/apache/catalina/startup/Catalina", true, " (named in Bootstrap)"));
        found.add(server.finished("Tomcat in " + home, configurations));
        webapps(base + "/webapps", base + "/conf", libraries, release);
    }

    private static boolean isJetty(JavaCommand command) {
        return command.kind() == JavaCommand.Kind.ARCHIVE
                        && command.main().contains("jetty")
                        && command.main().endsWith("start.jar")
                || command.main().startsWith("org.eclipse.jetty.start.");
    }

    private void jetty(JavaCommand command, Map<String, String> environment) {
        String home = property(command, "jetty.home")
                .orElse(environment.getOrDefault("JETTY_HOME", Paths.parent(command.main())));
        String base = property(command, "jetty.base").orElse(environment.getOrDefault("JETTY_BASE", home));
        List<String> libraries = new ArrayList<>(List.of(files.real(home + "/start.jar")));
        for (String path : known) {
            if (path.startsWith(home + "/lib/") || path.startsWith(base + "/lib/")) {
                libraries.add(path);
            }
        }
        int release = release(command, environment);
        Assembly server = assembly(release);
        server.asServer();
        libraries.forEach(path -> server.archive(path, Element.Use.CONTAINER, false));
        server.begins(new Application.Root("org/eclipse/jetty/start/Main", false, ""));
        server.begins(new Application.Root("org/eclipse/jetty/server/Server", true, " (the server)"));
        found.add(server.finished("Jetty in " + home, List.of()));
        webapps(base + "/webapps", base + "/webapps", libraries, release);
    }

    private void webapps(String folder, String configuration, List<String> libraries, int release) {
        List<String> names = files.children(folder);
        for (String name : names) {
            String path = folder + "/" + name;
            boolean isFolder =
                    files.kind(path).filter(ImageFiles.Kind.FOLDER::equals).isPresent();
            boolean isArchive = name.endsWith(".war") && !names.contains(name.substring(0, name.length() - 4));
            if (isFolder && files.kind(path + "/WEB-INF").isPresent() || !isFolder && isArchive) {
                webapp(files.real(path), libraries, release);
            }
        }
        for (String context : contexts(configuration, 0)) {
            Matcher base = DOCUMENT_BASE.matcher(text(context));
            while (base.find()) {
                String path = files.real(Paths.resolve(folder, base.group(1)));
                if (!path.startsWith(folder + "/") && files.kind(path).isPresent()) {
                    webapp(path, libraries, release);
                }
            }
        }
    }

    /** {@code server.xml} and the contexts below: {@code conf/ENGINE/HOST/NAME.xml}. */
    private List<String> contexts(String folder, int depth) {
        List<String> paths = new ArrayList<>();
        for (String name : files.children(folder)) {
            String path = folder + "/" + name;
            if (files.kind(path).filter(ImageFiles.Kind.FOLDER::equals).isPresent()) {
                paths.addAll(depth < 2 ? contexts(path, depth + 1) : List.of());
            } else if (name.endsWith(".xml")) {
                paths.add(path);
            }
        }
        return paths;
    }

    private void webapp(String path, List<String> libraries, int release) {
        Assembly application = assembly(release);
        application.asWeb();
        List<Application.Configuration> configurations = new ArrayList<>();
        if (files.kind(path).filter(ImageFiles.Kind.FOLDER::equals).isPresent()) {
            new Packaging(files, archives, application).exploded(path + "/WEB-INF");
            for (String name : files.children(path + "/WEB-INF")) {
                String file = path + "/WEB-INF/" + name;
                if (name.endsWith(".xml") || name.endsWith(".tld")) {
                    configurations.add(new Application.Configuration(text(file), file));
                }
            }
            pages(files.children(path), path, application);
        } else {
            war(path, application, configurations);
        }
        libraries.forEach(library -> application.archive(library, Element.Use.CONTAINER, false));
        found.add(application.finished("the web application " + path, configurations));
    }

    private void war(String path, Assembly application, List<Application.Configuration> configurations) {
        try {
            var archive = archives.file(path);
            new Packaging(files, archives, application).nested(path, archive, "WEB-INF/");
            List<String> names = new ArrayList<>();
            for (int i = 0; i < archive.count(); i++) {
                String name = archive.name(i);
                names.add(name);
                boolean isDirect = name.startsWith("WEB-INF/") && name.indexOf('/', "WEB-INF/".length()) < 0;
                if (isDirect && (name.endsWith(".xml") || name.endsWith(".tld"))) {
                    String text = archives.text(path, archive, name).orElse("");
                    configurations.add(new Application.Configuration(text, path + " ▸ " + name));
                }
            }
            pages(names, path, application);
        } catch (InputException | IOException unreadable) {
            application.doubts(path + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** Pages are compiled when they are first asked for, and may use any class. */
    private static void pages(List<String> names, String path, Assembly application) {
        for (String name : names) {
            if (name.endsWith(".jsp") || name.endsWith(".jspx") || name.endsWith(".tag")) {
                application.doubts("the page " + name + " of " + path + " is compiled while running");
                return;
            }
        }
    }

    // --- guesses ---

    private void guess(List<String> doubts) {
        for (String path : known) {
            if (found.size() >= MOST_GUESSED) {
                return;
            }
            if (path.endsWith(".jar") || path.endsWith(".war")) {
                startable(path).ifPresent(application -> {
                    List<String> all = new ArrayList<>(doubts);
                    all.add(
                            settings.words().isEmpty()
                                    ? "the target does not say how it is started"
                                    : "how the image starts Java could not be made out");
                    found.add(application.doubted(all));
                });
            }
        }
    }

    private Optional<Application> startable(String path) {
        try {
            var archive = archives.file(path);
            if (archives.manifest(path, archive).getOrDefault("Main-Class", "").isEmpty()) {
                return Optional.empty();
            }
            JavaCommand command = JavaCommand.parse(List.of("java", "-jar", path), List.of(), "");
            return Optional.of(launch(Integer.MAX_VALUE).application(command));
        } catch (InputException | IOException unreadable) {
            return Optional.empty(); // the inventory tells of it
        }
    }
}
