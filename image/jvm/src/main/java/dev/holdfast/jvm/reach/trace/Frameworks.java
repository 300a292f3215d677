package dev.holdfast.jvm.reach.trace;

import dev.holdfast.jvm.reach.classpath.ClassPath;
import dev.holdfast.jvm.reach.code.Annotation;
import dev.holdfast.jvm.reach.layout.Element;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Classes that no code calls and a framework does: found by annotation, named in configuration. They are roots when the framework is in use,
 * which is seen by code that is reached using its classes, or by the kind of application.
 *
 * <ul>
 *   <li>Spring and Spring Boot: see {@link Spring}.
 *   <li>Web applications: what {@code web.xml} and its like name, classes with an annotation of servlets, initialisers of the container.
 *   <li>JAX-RS, CDI, Jakarta EE, Micronaut: annotated classes of the application's own.
 *   <li>Where classes are loaded by computed names: whatever a configuration file of the application names.
 * </ul>
 */
final class Frameworks {
    /** Beginnings of annotations that make a class of the application's own a part of it, and the use of what makes them count. */
    private static final List<String> FAMILIES = List.of(
            "javax/ws/rs/",
            "jakarta/ws/rs/",
            "javax/enterprise/context/",
            "jakarta/enterprise/context/",
            "javax/inject/",
            "jakarta/inject/",
            "javax/ejb/",
            "jakarta/ejb/",
            "javax/jws/",
            "jakarta/jws/",
            "io/micronaut/",
            "io/quarkus/",
            "javax/websocket/server/",
            "jakarta/websocket/server/");

    private static final List<String> SERVLETS =
            List.of("javax/servlet/annotation/Web", "jakarta/servlet/annotation/Web", "javax/faces/", "jakarta/faces/");

    /** Configuration is short; a large file is data. */
    private static final int MOST_CONFIGURATION = 1 << 20;

    private final Tracer tracer;
    private final World world;
    private final ClassPath path;
    private final boolean isWeb;
    private final Step start;
    private final Set<String> done = new HashSet<>();
    private final Spring spring;

    Frameworks(Tracer tracer, boolean isWeb, Step start) {
        this.tracer = tracer;
        this.world = tracer.world();
        this.path = world.path();
        this.isWeb = isWeb;
        this.start = start;
        this.spring = new Spring(tracer, start);
    }

    /** Follows code and what frameworks add to it, until neither brings anything new. */
    void settle() {
        int before;
        do {
            tracer.drain();
            before = done.size() + spring.done();
            spring.settle();
            if (isWeb) {
                web();
            }
            annotated();
            if (isWeb || spring.isUsed() || tracer.names().loadsUnknownNames()) {
                configured();
            }
        } while (done.size() + spring.done() > before);
    }

    /** Whether this is the first time. */
    private boolean once(String what) {
        return done.add(what);
    }

    // --- web applications ---

    private void web() {
        if (!once("web")) {
            return;
        }
        for (String servlet : List.of("javax.servlet", "jakarta.servlet")) {
            for (ClassPath.Entry entry : path.providers(servlet + ".ServletContainerInitializer")) {
                String how = " (an initialiser named in " + entry.place() + ")";
                if (tracer.reflection().escape(entry.text().replace('.', '/'), start, how)) {
                    handled(entry.text().replace('.', '/'));
                }
            }
        }
        for (Element element : path.elements()) {
            if (element.isContainer()) {
                continue;
            }
            for (String name : element.classes()) {
                world.node(name)
                        .filter(this::isServlet)
                        .ifPresent(node -> tracer.reflection().escape(name, start, " (annotated)"));
            }
            path.text(element, "META-INF/web-fragment.xml").ifPresent(text -> named(text, element, "web-fragment.xml"));
        }
    }

    private boolean isServlet(TypeNode node) {
        for (Annotation annotation : node.file().annotations()) {
            if (SERVLETS.stream().anyMatch(annotation.type()::startsWith)) {
                return true;
            }
        }
        return false;
    }

    /** The classes that an initialiser wants to be handed: all that are of a type it names. */
    private void handled(String initialiser) {
        Set<String> wanted = new HashSet<>();
        for (Annotation annotation : world.annotations(initialiser)) {
            if (annotation.type().endsWith("servlet/annotation/HandlesTypes")) {
                wanted.addAll(annotation.classes("value"));
            }
        }
        for (String name : wanted.isEmpty() ? List.<String>of() : path.beginning("")) {
            Optional<TypeNode> node =
                    world.node(name).filter(each -> !each.element().isContainer());
            if (node.isPresent() && world.supers(node.get()).stream().anyMatch(wanted::contains)) {
                tracer.reflection().escape(name, start, " (handed to " + initialiser.replace('/', '.') + ")");
            }
        }
    }

    // --- annotations and configuration of the application's own ---

    private void annotated() {
        for (String family : FAMILIES) {
            if ((isWeb || tracer.uses(family)) && once("family " + family)) {
                own(family);
            }
        }
        if (tracer.uses("io/micronaut/") && once("micronaut")) {
            for (Element element : path.elements()) {
                for (String name : element.below("META-INF/micronaut/")) {
                    String named = name.substring(name.lastIndexOf('/') + 1).replace('.', '/');
                    tracer.reflection().escape(named, start, " (named in " + ClassPath.inside(element, name) + ")");
                }
            }
        }
    }

    private void own(String family) {
        for (Element element : path.elements()) {
            if (!element.isOwn()) {
                continue;
            }
            for (String name : element.classes()) {
                for (Annotation annotation : world.annotations(name)) {
                    if (annotation.type().startsWith(family)) {
                        tracer.reflection()
                                .escape(
                                        name,
                                        start,
                                        " (annotated with " + annotation.type().replace('/', '.') + ")");
                    }
                }
            }
        }
    }

    private void configured() {
        if (!once("configured")) {
            return;
        }
        for (Element element : path.elements()) {
            if (!element.isOwn()) {
                continue;
            }
            for (String name : element.below("")) {
                if (isConfiguration(name)) {
                    path.text(element, name)
                            .filter(text -> text.length() <= MOST_CONFIGURATION)
                            .ifPresent(text -> named(text, element, name));
                }
            }
        }
    }

    private static boolean isConfiguration(String name) {
        boolean isOfBuild = name.startsWith("META-INF/maven/") || name.startsWith("META-INF/services/");
        return !isOfBuild
                && (name.endsWith(".xml")
                        || name.endsWith(".properties")
                        || name.endsWith(".yml")
                        || name.endsWith(".yaml")
                        || name.endsWith(".conf")
                        || name.endsWith(".tld"));
    }

    private void named(String text, Element element, String resource) {
        configuredBy(text, ClassPath.inside(element, resource));
    }

    /** A configuration file, on the class path or not: every class of the class path that it names. */
    void configuredBy(String text, String place) {
        int from = 0;
        while (from < text.length()) {
            int end = from;
            while (end < text.length() && isOfName(text.charAt(end))) {
                end++;
            }
            String name = text.substring(from, end).replace('.', '/');
            if (name.indexOf('/') > 0 && path.owner(name).isPresent()) {
                tracer.reflection().escape(name, start, " (named in " + place + ")");
            }
            from = end + 1;
        }
    }

    private static boolean isOfName(char c) {
        return c == '.' || c == '$' || c == '_' || Character.isLetterOrDigit(c);
    }
}
