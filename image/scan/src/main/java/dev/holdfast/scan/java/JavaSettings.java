package dev.holdfast.scan.java;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.core.Evidence;
import dev.holdfast.core.Finding;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.oci.ImageConfiguration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image's configuration says about its Java runtime: options in entrypoint, command and environment that open it to others, and
 * runtimes whose publisher has ended support. Scripts are not looked into, and what a container is given when it starts is not known.
 */
public final class JavaSettings {
    /** Who builds runtimes, as their file {@code release} says, and what the sources of ends of life call it. */
    private static final Map<String, String> PUBLISHERS = Map.ofEntries(
            Map.entry("Eclipse Adoptium", "eclipse-temurin"),
            Map.entry("Eclipse Foundation", "eclipse-temurin"),
            Map.entry("AdoptOpenJDK", "eclipse-temurin"),
            Map.entry("Temurin", "eclipse-temurin"),
            Map.entry("Amazon.com Inc.", "amazon-corretto"),
            Map.entry("Azul Systems, Inc.", "azul-zulu"),
            Map.entry("Microsoft", "microsoft-build-of-openjdk"),
            Map.entry("Oracle Corporation", "oracle-jdk"),
            Map.entry("Red Hat, Inc.", "red-hat-build-of-openjdk"),
            Map.entry("SAP SE", "sapmachine"),
            Map.entry("BellSoft", "bellsoft-liberica"),
            Map.entry("International Business Machines Corporation", "ibm-semeru"),
            Map.entry("IBM Corporation", "ibm-semeru"));

    private final ImageConfiguration configuration;
    private final List<Component> components;

    public JavaSettings(ImageConfiguration configuration, List<Component> components) {
        this.configuration = configuration;
        this.components = components;
    }

    public List<Finding> findings(AdvisoryBase base, LocalDate asOf) {
        List<Finding> found = new ArrayList<>();
        int release = components.stream()
                .filter(JavaSettings::isRuntime)
                .mapToInt(runtime -> release(runtime.record().version()))
                .min()
                .orElse(0);
        for (JavaOption option : JavaOption.risky(configuration, release)) {
            found.add(risk(option));
        }
        for (Component runtime : components) {
            if (isRuntime(runtime)) {
                ended(runtime, base, asOf).ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean isRuntime(Component component) {
        return component.record().type() == PackageType.GENERIC
                && component.record().name().equals("openjdk")
                && component.state() == Component.State.INSTALLED;
    }

    private static Finding risk(JavaOption option) {
        List<Evidence> evidence = List.of(
                new Evidence(Evidence.Step.FILE, "the option " + option.shown() + " is set", option.place()),
                new Evidence(Evidence.Step.DECISION, option.reason(), ""));
        return finding(
                option.id(),
                Finding.Kind.MISCONFIGURATION,
                Optional.empty(),
                option.severity(),
                "exposed",
                option.reason(),
                List.of(new Finding.Place(option.place(), -1, 0)),
                option.fix(),
                evidence);
    }

    /** A runtime that its publisher no longer fixes; of others than the known ones nothing is said. */
    private static Optional<Finding> ended(Component runtime, AdvisoryBase base, LocalDate asOf) {
        PackageRecord record = runtime.record();
        String publisher = record.detail(PackageRecord.Detail.VENDOR).orElse("");
        String product = PUBLISHERS.getOrDefault(publisher, "");
        String release = String.valueOf(release(record.version()));
        Optional<Lifecycle> known = product.isEmpty() ? Optional.empty() : base.lifecycle(product, release);
        String end = known.map(Lifecycle::endOfSupport).orElse("");
        if (end.isEmpty() || end.compareTo(asOf.toString()) >= 0) { // ISO days compare as text
            return Optional.empty();
        }
        List<Finding.Place> places = runtime.locations().stream()
                .map(location -> new Finding.Place(location.path(), location.layer(), location.line()))
                .toList();
        String title = "Java " + release + " of " + publisher + ": support ended " + end;
        return Optional.of(finding(
                "java-end-of-life",
                Finding.Kind.END_OF_LIFE,
                Optional.of(runtime.purl()),
                Severity.MEDIUM,
                "end-of-life",
                title,
                places,
                "move to a Java release that is supported",
                List.of(
                        new Evidence(
                                Evidence.Step.FILE,
                                "JAVA_VERSION is " + record.version() + ", IMPLEMENTOR is " + publisher,
                                places.isEmpty() ? "" : places.getFirst().path()),
                        new Evidence(Evidence.Step.COMPARISON, end + " is before " + asOf, product))));
    }

    /** 17 of {@code 17.0.8}, 8 of {@code 1.8.0_392}; 0 for anything else. */
    private static int release(String version) {
        String plain = version.startsWith("1.") ? version.substring(2) : version;
        int end = 0;
        while (end < plain.length() && end < 4 && plain.charAt(end) >= '0' && plain.charAt(end) <= '9') {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(plain.substring(0, end));
    }

    private static Finding finding(
            String id,
            Finding.Kind kind,
            Optional<PackageUrl> component,
            Severity severity,
            String status,
            String title,
            List<Finding.Place> places,
            String fix,
            List<Evidence> evidence) {
        return new Finding(
                id,
                kind,
                List.of(),
                component,
                severity,
                "holdfast",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                status,
                Optional.empty(),
                title,
                places,
                fix,
                evidence);
    }
}
