package dev.holdfast.jvm.reach.trace;

import dev.holdfast.jvm.reach.classpath.ClassPath;
import dev.holdfast.jvm.reach.code.Annotation;
import dev.holdfast.jvm.reach.layout.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Classes that Spring makes.
 *
 * <ul>
 *   <li>Spring: classes with a stereotype below the packages that {@code @ComponentScan} or {@code @SpringBootApplication} of a reached class
 *       stand for, or that a constant names; what {@code @Import} names comes with the class it stands on.
 *   <li>Spring Boot: the lines of {@code AutoConfiguration.imports} and the values of {@code spring.factories}, except what
 *       {@code @ConditionalOnClass} switches off because a class is not there. No other condition is evaluated.
 * </ul>
 */
final class Spring {
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

    /** Annotations that annotate annotations; people nest two or three. */
    private static final int DEEPEST = 6;

    private static final int MOST_ANNOTATIONS = 100;

    private final Tracer tracer;
    private final World world;
    private final ClassPath path;
    private final Step start;
    private final Set<String> done = new HashSet<>();
    private final Map<String, Boolean> stereotypes = new HashMap<>();

    Spring(Tracer tracer, Step start) {
        this.tracer = tracer;
        this.world = tracer.world();
        this.path = world.path();
        this.start = start;
    }

    boolean isUsed() {
        return tracer.uses(SPRING);
    }

    /** How many things were looked at so far. */
    int done() {
        return done.size();
    }

    /** Adds what Spring makes of the classes that are reached by now. */
    void settle() {
        if (isUsed()) {
            imports();
            scan();
        }
        if (tracer.uses(BOOT) || tracer.uses("org/springframework/core/io/support/SpringFactoriesLoader")) {
            automatic();
        }
    }

    /** Whether this is the first time. */
    private boolean once(String what) {
        return done.add(what);
    }

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
            imports(node, world.annotations(annotation.type()), seen);
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
        for (Annotation above : world.annotations(annotation)) {
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
        for (Annotation above : world.annotations(annotation)) {
            if (above.type().equals(COMPONENT_SCAN) || scansIndirectly(above.type(), seen)) {
                return true;
            }
        }
        return false;
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
}
