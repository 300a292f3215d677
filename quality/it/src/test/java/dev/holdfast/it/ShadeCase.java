package dev.holdfast.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One archive to be made by Maven Shade, and which libraries are in it: a module of the project that {@link ShadeProject} writes. */
final class ShadeCase {
    /** What becomes of the shaded archive. */
    enum Form {
        PLAIN,
        /** Nested in a Boot application, stored. */
        BOOT,
        /** Nested in a web application, deflated. */
        WAR
    }

    final String name;
    final List<String> libraries = new ArrayList<>();
    final Map<String, String> relocations = new LinkedHashMap<>();
    final List<String> used = new ArrayList<>();
    Form form = Form.PLAIN;
    boolean isMinimised;

    private ShadeCase(String name) {
        this.name = name;
    }

    /**
     * @param libraries {@code group:artifact:version}, each alone without what it depends on
     */
    static ShadeCase of(String name, String... libraries) {
        ShadeCase shade = new ShadeCase(name);
        shade.libraries.addAll(List.of(libraries));
        return shade;
    }

    ShadeCase relocate(String from, String to) {
        relocations.put(from, to);
        return this;
    }

    /** Keeps only what these classes need. */
    ShadeCase minimise(String... classes) {
        isMinimised = true;
        used.addAll(List.of(classes));
        return this;
    }

    ShadeCase in(Form value) {
        form = value;
        return this;
    }

    /** The module of the project that makes it. */
    String project() {
        StringBuilder xml = new StringBuilder(1_000);
        xml.append("<project><modelVersion>4.0.0</modelVersion><parent><groupId>acme</groupId>")
                .append("<artifactId>all</artifactId><version>1</version></parent><artifactId>")
                .append(name)
                .append("</artifactId><dependencies>");
        for (String library : libraries) {
            String[] part = library.split(":", -1);
            xml.append("<dependency><groupId>")
                    .append(part[0])
                    .append("</groupId><artifactId>")
                    .append(part[1]);
            xml.append("</artifactId><version>").append(part[2]).append("</version><exclusions><exclusion>");
            xml.append("<groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>");
        }
        xml.append("</dependencies><build><plugins><plugin><groupId>org.apache.maven.plugins</groupId>")
                .append("<artifactId>maven-shade-plugin</artifactId><configuration><minimizeJar>")
                .append(isMinimised)
                .append("</minimizeJar><relocations>");
        relocations.forEach((from, to) -> xml.append("<relocation><pattern>")
                .append(from)
                .append("</pattern><shadedPattern>")
                .append(to)
                .append("</shadedPattern></relocation>"));
        return xml.append("</relocations></configuration></plugin></plugins></build></project>")
                .toString();
    }

    /** A class of the application, so that something uses the libraries. */
    String source() {
        StringBuilder source = new StringBuilder("package acme.own;\n\npublic class Application {\n");
        for (int i = 0; i < used.size(); i++) {
            source.append("    public Class<?> used")
                    .append(i)
                    .append(" = ")
                    .append(used.get(i))
                    .append(".class;\n");
        }
        source.append(
                "    public static void main(String[] words) {\n        System.out.println(words.length + \" words\");\n    }\n}\n");
        return source.toString();
    }
}
