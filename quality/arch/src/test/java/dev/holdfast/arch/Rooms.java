package dev.holdfast.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;

/** The classes of the program, and which room may use which. */
final class Rooms {
    static final String ROOT = "dev.holdfast";

    /** Read once: a few hundred classes take about a second. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/picocli/"))
            .importPackages(ROOT);

    /** The rooms' table of the architecture: a room, and every room that it may use. A room that is not here may use none. */
    static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("core", List.of()),
            Map.entry("archive", List.of("core")),
            Map.entry("version", List.of("core")),
            Map.entry("memory", List.of("core")),
            Map.entry("database", List.of("core")),
            Map.entry("oci", List.of("core", "archive", "memory", "database")),
            Map.entry("jvm", List.of("core", "archive")),
            Map.entry("inventory", List.of("core", "archive", "memory", "database", "oci", "version", "jvm")),
            Map.entry("advisory", List.of("core", "archive", "oci", "version")),
            Map.entry("secrets", List.of("core", "archive")),
            Map.entry(
                    "scan",
                    List.of("core", "archive", "memory", "oci", "version", "jvm", "inventory", "advisory", "secrets")),
            Map.entry("compare", List.of("core", "oci", "version", "inventory", "advisory", "scan")),
            Map.entry("manifest", List.of("core", "archive")),
            Map.entry("check", List.of("core", "archive", "memory", "oci", "secrets", "manifest", "kube")),
            Map.entry("kube", List.of("core", "manifest")),
            Map.entry("access", List.of("core", "manifest", "kube")),
            Map.entry("reach", List.of("core", "manifest", "kube")),
            Map.entry("rules", List.of("core", "manifest")),
            Map.entry("sensor", List.of("core", "database", "oci", "rules")),
            Map.entry("watch", List.of("core", "rules", "sensor")),
            Map.entry("respond", List.of("core", "manifest", "rules", "sensor", "watch")),
            Map.entry("policy", List.of("core", "manifest")),
            Map.entry("comply", List.of("core")),
            Map.entry("store", List.of("core")),
            Map.entry("server", List.of("core", "manifest", "check", "kube", "policy", "store")),
            Map.entry(
                    "report",
                    List.of(
                            "core",
                            "oci",
                            "version",
                            "inventory",
                            "advisory",
                            "secrets",
                            "scan",
                            "compare",
                            "manifest",
                            "check",
                            "access",
                            "reach",
                            "rules",
                            "sensor",
                            "watch",
                            "respond",
                            "policy",
                            "comply")),
            Map.entry(
                    "cli",
                    List.of(
                            "core",
                            "archive",
                            "memory",
                            "oci",
                            "version",
                            "inventory",
                            "advisory",
                            "scan",
                            "compare",
                            "manifest",
                            "check",
                            "kube",
                            "access",
                            "reach",
                            "rules",
                            "sensor",
                            "watch",
                            "respond",
                            "policy",
                            "comply",
                            "store",
                            "server",
                            "report")),
            Map.entry("dist", List.of("core", "advisory", "cli")));

    private Rooms() {}

    /** The packages of a room, for ArchUnit's patterns. */
    static String packages(String room) {
        return ROOT + "." + room + "..";
    }
}
