package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.Shape;
import dev.holdfast.manifest.template.Sized;
import dev.holdfast.manifest.template.TemplateFault;
import java.util.List;
import java.util.Optional;

/** {@code semver} and {@code semverCompare}. */
final class VersionFunctions {
    private VersionFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("semver", (a, _) -> new Parsed(version(Given.text(a, 0))), STRING);
        table.add(
                "semverCompare", (a, _) -> Versions.meets(Given.text(a, 0), version(Given.text(a, 1))), STRING, STRING);
    }

    private static Versions.Version version(String text) throws TemplateFault {
        return Versions.version(text)
                .orElseThrow(
                        () -> TemplateFault.of(text.isEmpty() ? "version string empty" : "invalid semantic version"));
    }

    /** A version as templates see it. */
    private record Parsed(Versions.Version version) implements Shape {
        @Override
        public String typeName() {
            return "*semver.Version";
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) throws TemplateFault {
            return Optional.ofNullable(
                    switch (name) {
                        case "Major" -> new Sized(version.major(), "uint64");
                        case "Minor" -> new Sized(version.minor(), "uint64");
                        case "Patch" -> new Sized(version.patch(), "uint64");
                        case "Prerelease" -> version.before();
                        case "Metadata" -> version.build();
                        case "Original" -> version.original();
                        case "String" -> version.toString();
                        case "Compare" -> (long) version.compareTo(other(arguments));
                        case "Equal" -> version.compareTo(other(arguments)) == 0;
                        case "GreaterThan" -> version.compareTo(other(arguments)) > 0;
                        case "LessThan" -> version.compareTo(other(arguments)) < 0;
                        default -> null;
                    });
        }

        private static Versions.Version other(List<Object> arguments) throws TemplateFault {
            if (arguments.size() == 1 && arguments.getFirst() instanceof Parsed parsed) {
                return parsed.version();
            }
            throw TemplateFault.of("wrong type for value; expected *semver.Version");
        }

        @Override
        public String toString() {
            return version.toString();
        }
    }
}
