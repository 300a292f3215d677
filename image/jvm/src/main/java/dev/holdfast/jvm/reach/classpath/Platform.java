package dev.holdfast.jvm.reach.classpath;

import dev.holdfast.core.InputException;
import dev.holdfast.jvm.reach.code.ClassFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The classes of the Java platform, which are not followed: what they call of an application is what overrides a method of theirs. They are
 * looked up in the runtime that this program runs on, whatever version is in the image: later versions have more methods, so more is taken to
 * be called and never less. Of types that were taken out of the platform only the names are known.
 */
public final class Platform {
    /** Packages that were of the platform and are not any more, or are of some vendor's. */
    private static final List<String> FORMER = List.of(
            "java/",
            "javax/xml/bind/",
            "javax/xml/ws/",
            "javax/xml/soap/",
            "javax/jws/",
            "javax/activation/",
            "javax/activity/",
            "javax/rmi/",
            "org/omg/",
            "sun/",
            "jdk/",
            "com/sun/org/apache/",
            "com/sun/image/",
            "com/sun/jndi/",
            "com/sun/management/",
            "com/sun/net/",
            "com/sun/nio/",
            "com/sun/rowset/",
            "com/sun/security/",
            "com/sun/tools/",
            "com/ibm/jvm/",
            "com/oracle/jrockit/",
            "jdk/nashorn/");

    /** Where its present packages are; a name that begins otherwise is not looked up. */
    private static final List<String> PRESENT =
            List.of("java/", "javax/", "jdk/", "sun/", "com/sun/", "org/w3c/dom/", "org/xml/sax/", "org/ietf/jgss/");

    /** A class of the platform: its own methods that can be overridden, and the names of all it extends. */
    public record Type(Set<String> methods, Set<String> supers) {}

    private final Map<String, Optional<Type>> types = new HashMap<>();

    /** Whether the platform brings it, in any version. */
    public boolean brings(String name) {
        return type(name).isPresent();
    }

    /** Whether some version of the platform brought it; a library that has it counts first. */
    public boolean brought(String name) {
        return beginsWithOneOf(name, FORMER);
    }

    public Optional<Type> type(String name) {
        Optional<Type> known = types.get(name);
        if (known == null) {
            known = beginsWithOneOf(name, PRESENT) ? read(name) : Optional.empty();
            types.put(name, known);
        }
        return known;
    }

    private static boolean beginsWithOneOf(String name, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Type> read(String name) {
        try (InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(name + ".class")) {
            if (in == null) {
                return Optional.empty();
            }
            ClassFile file = ClassFile.parse(in.readAllBytes());
            Set<String> methods = new HashSet<>();
            for (ClassFile.Member method : file.methods()) {
                if (!method.is(ClassFile.PRIVATE) && !method.is(ClassFile.STATIC)) {
                    methods.add(method.key());
                }
            }
            Set<String> supers = new HashSet<>();
            supers.add(name);
            above(file.superName(), supers);
            for (String above : file.interfaces()) {
                above(above, supers);
            }
            return Optional.of(new Type(methods, supers));
        } catch (InputException | IOException unreadable) {
            return Optional.empty(); // then it counts as one whose methods are not known
        }
    }

    private void above(String name, Set<String> supers) {
        if (!name.isEmpty() && supers.add(name)) {
            type(name).ifPresent(type -> supers.addAll(type.supers()));
        }
    }
}
