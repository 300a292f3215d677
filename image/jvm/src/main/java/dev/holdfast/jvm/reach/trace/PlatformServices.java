package dev.holdfast.jvm.reach.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Services whose providers the platform loads itself: by a call that can be seen, by any use of the packages that a service belongs to, or
 * unasked.
 */
final class PlatformServices {
    /** Packages whose services are loaded by nothing but code that uses them. */
    private static final Map<String, List<String>> ONLY_WHEN_USED = Map.of(
            "java.sql.", List.of("java/sql/", "javax/sql/"),
            "javax.sql.", List.of("java/sql/", "javax/sql/"),
            "javax.xml.", List.of("javax/xml/", "org/w3c/dom/", "org/xml/sax/"),
            "org.xml.sax.", List.of("javax/xml/", "org/xml/sax/"),
            "org.w3c.dom.", List.of("javax/xml/", "org/w3c/dom/"),
            "javax.script.", List.of("javax/script/"),
            "javax.imageio.", List.of("javax/imageio/"),
            "javax.sound.", List.of("javax/sound/"),
            "javax.print.", List.of("javax/print/"),
            "javax.annotation.processing.", List.of("javax/tools/", "com/sun/tools/"));

    private PlatformServices() {}

    /** The service, as an internal name, whose providers a call of a method of the platform loads. */
    static Optional<String> called(String owner, String method) {
        if (owner.equals("java/sql/DriverManager") && method.startsWith("get")) {
            return Optional.of("java/sql/Driver");
        }
        boolean isFactory = switch (method) {
            case "newInstance", "newFactory", "newNSInstance", "getInstance", "createXMLReader" -> true;
            default -> false;
        };
        return isFactory && owner.startsWith("javax/") ? Optional.of(owner) : Optional.empty();
    }

    /** Whether the platform may load providers of this service of its, as far as is seen of what code uses. */
    static boolean mayLoad(String service, Tracer tracer) {
        for (Map.Entry<String, List<String>> known : ONLY_WHEN_USED.entrySet()) {
            if (service.startsWith(known.getKey())) {
                return known.getValue().stream().anyMatch(tracer::uses);
            }
        }
        return true;
    }
}
