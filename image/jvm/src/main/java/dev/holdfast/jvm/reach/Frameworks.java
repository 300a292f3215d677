package dev.holdfast.jvm.reach;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Classes that no code calls and a framework does: found by annotation, named in configuration. They are roots when the framework is in use,
 * which is seen by code that is reached using its classes, or by the kind of application.
 *
 * <ul>
 *   <li>Spring: classes with a stereotype below the packages that {@code @ComponentScan} or {@code @SpringBootApplication} of a reached class
 *       stand for, or that a constant names; what {@code @Import} names comes with the class it stands on.
 *   <li>Spring Boot: the lines of {@code AutoConfiguration.imports} and the values of {@code spring.factories}, except what
 *       {@code @ConditionalOnClass} switches off because a class is not there. No other condition is evaluated.
 *   <li>Web applications: what {@code web.xml} and its like name, classes with an annotation of servlets, initialisers of the container.
 *   <li>JAX-RS, CDI, Jakarta EE, Micronaut: annotated classes of the application's own.
 *   <li>Where classes are loaded by computed names: whatever a configuration file of the application names.
 * </ul>
 */
final class Frameworks {
    private static final String SPRING = "org/springframework/";
    private static final String BOOT = "org/springframework/boot/";

    private static final String COMPONENT_SCAN = "org/springframework/context/annotation/ComponentScan";

    private static final Set<String> STEREOTYPES = Set.of(
            "org/springframework/stereotype/Component",
            "org/springframework/stereotype/Service",
            "org/springframework/stereotype/Repository",
            "org/springframework/stereotype/Controller",
            "org/springframework/web/bind/annotation/RestController",
            "org/springframework/web/bind/annotation/ControllerAdvice",
            "org/springframework/web/bind/annotation/RestControllerAdvice",
            "org/springframework/context/annotation/Configuration",
            "org/springframework/boot/SpringBootConfiguration",
            "org/springframework/boot/autoconfigure/SpringBootApplication",
            "org/springframework/boot/autoconfigure/AutoConfiguration",
            "org/springframework/boot/context/properties/ConfigurationProperties",
            "javax/inject/Named",
            "jakarta/inject/Named",
            "javax/annotation/ManagedBean",
            "jakarta/annotation/ManagedBean",
            "javax/persistence/Entity",
            "jakarta/persistence/Entity");

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
    /** Annotations that annotate annotations; people nest two or three. */
    private static final int DEEPEST = 6;

    private static final int MOST_ANNOTATIONS = 100;

    private final Tracer tracer;
    private final World world;
    private final ClassPath path;
    private final boolean isWeb;
    private final Step start;
    private final Set<String> done = new HashSet<>();
    private final Map<String, Boolean> stereotypes = new HashMap<>();

    Frameworks(Tracer tracer, boolean isWeb, Step start) {
        this.tracer = tracer;
        this.world = tracer.world();
        this.path = world.path();
        this.isWeb = isWeb;
        this.start = start;
    }

    /** Follows code and what frameworks add to it, until neither brings anything new. */
    void settle() {
        int before;
        do {
            tracer.drain();
            before = done.size();
            if (tracer.uses(SPRING)) {
                imports();
                scan();
            }
            if (tracer.uses(BOOT) || tracer.uses("org/springframework/core/io/support/SpringFactoriesLoader")) {
                automatic();
            }
            if (isWeb) {
                web();
            }
            annotated();
            if (isWeb || tracer.uses(SPRING) || tracer.names().loadsUnknownNames()) {
                configured();
            }
        } while (done.size() > before);
    }

    /** Whether this is the first time. */
    private boolean once(String what) {
        return done.add(what);
    }

    // --- Spring ---

    /** What the annotations of a class name, and theirs: {@code @Import} and all that stand on it. */
    private void imports() {
        for (TypeNode node : List.copyOf(tracer.loaded())) {
            if (!node.file().annotations().isEmpty() && once("imports " + node.name())) {
                imports(node, node.file().annotations(), new HashSet<>());
            }
        }
    }

    private void imports(TypeNode node, List<Annotation> annotations, Set<String> seen) {
        for (Annotation annotation : annotations) {
            boolean isCondition = annotation.type().contains("/condition/");
            if (isCondition || seen.size() > MOST_ANNOTATIONS || !seen.add(annotation.type() + annotation.values())) {
                continue;
            }
            for (Annotation.Value value : annotation.values()) {
                if (value.isClass() && !value.element().startsWith("exclude")) {
                    String how = " (named by an annotation of " + node.dotted() + ")";
                    tracer.reflection().escape(value.text(), node.loaded.orElse(start), how);
                }
            }
            imports(node, annotations(annotation.type()), seen);
        }
    }

    private void scan() {
        for (TypeNode node : List.copyOf(tracer.loaded())) {
            for (Annotation annotation : node.file().annotations()) {
                boolean scans = annotation.type().equals(COMPONENT_SCAN)
                        || annotation.type().equals("org/springframework/boot/autoconfigure/SpringBootApplication")
                        || scansIndirectly(annotation.type(), new HashSet<>());
                if (scans && once("scan " + node.name())) {
                    scan(node, annotation);
                }
            }
        }
        Map.copyOf(tracer.names().packages()).forEach((name, step) -> {
            if (once("package " + name)) {
                components(name, step, " (a component below " + name.replace('/', '.') + ")");
            }
        });
    }

    private void scan(TypeNode node, Annotation annotation) {
        List<String> packages = new ArrayList<>();
        for (String element : List.of("value", "basePackages", "scanBasePackages")) {
            annotation.strings(element).forEach(text -> packages.add(text.replace('.', '/')));
        }
        for (String element : List.of("basePackageClasses", "scanBasePackageClasses")) {
            annotation.classes(element).forEach(name -> packages.add(packageOf(name)));
        }
        if (packages.isEmpty()) {
            packages.add(packageOf(node.name()));
        }
        for (String name : packages) {
            components(
                    name, node.loaded.orElse(start), " (a component that " + node.dotted() + " has Spring look for)");
        }
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private void components(String packageName, Step step, String how) {
        String prefix = packageName.isEmpty() ? "" : packageName + "/";
        for (String name : path.beginning(prefix)) {
            Optional<TypeNode> node = world.node(name);
            if (node.isPresent() && isComponent(node.get()) && isActive(node.get())) {
                tracer.reflection().escape(name, step, how);
            }
        }
    }

    private boolean isComponent(TypeNode node) {
        for (Annotation annotation : node.file().annotations()) {
            if (isStereotype(annotation.type(), 0)) {
                return true;
            }
        }
        return false;
    }

    private boolean isStereotype(String annotation, int depth) {
        Boolean known = stereotypes.get(annotation);
        if (known == null) {
            stereotypes.put(annotation, false); // annotations may annotate one another
            known = STEREOTYPES.contains(annotation) || depth < DEEPEST && isStereotyped(annotation, depth);
            stereotypes.put(annotation, known);
        }
        return known;
    }

    private boolean isStereotyped(String annotation, int depth) {
        for (Annotation above : annotations(annotation)) {
            if (isStereotype(above.type(), depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an annotation is itself annotated so that components are looked for. */
    private boolean scansIndirectly(String annotation, Set<String> seen) {
        if (!seen.add(annotation) || seen.size() > MOST_ANNOTATIONS) {
            return false;
        }
        for (Annotation above : annotations(annotation)) {
            if (above.type().equals(COMPONENT_SCAN) || scansIndirectly(above.type(), seen)) {
                return true;
            }
        }
        return false;
    }

    private List<Annotation> annotations(String name) {
        return world.node(name).map(node -> node.file().annotations()).orElse(List.of());
    }

    /** Whether no {@code @ConditionalOnClass} names a class that is not there. */
    private boolean isActive(TypeNode node) {
        for (Annotation annotation : node.file().annotations()) {
            if (annotation.type().equals("org/springframework/boot/autoconfigure/condition/ConditionalOnClass")) {
                for (Annotation.Value value : annotation.values()) {
                    if (world.origin(value.text().replace('.', '/')) == World.Origin.MISSING) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private void automatic() {
        if (!once("automatic")) {
            return;
        }
        for (Element element : path.elements()) {
            for (String resource : element.below("META-INF/spring/")) {
                if (resource.endsWith(".imports")) {
                    listed(path.linesOf(element, resource));
                }
            }
        }
        for (ClassPath.Entry entry : path.properties("META-INF/spring.factories")) {
            List<ClassPath.Entry> values = new ArrayList<>();
            for (String value :
                    entry.text().substring(entry.text().indexOf('=') + 1).split(",")) {
                values.add(new ClassPath.Entry(value.strip(), entry.place()));
            }
            listed(values);
        }
    }

    private void listed(List<ClassPath.Entry> entries) {
        for (ClassPath.Entry entry : entries) {
            String name = entry.text().replace('.', '/');
            if (world.node(name).filter(this::isActive).isPresent()) {
                tracer.reflection().escape(name, start, " (named in " + entry.place() + ")");
            }
        }
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
        for (Annotation annotation : annotations(initialiser)) {
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
                for (Annotation annotation : annotations(name)) {
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
