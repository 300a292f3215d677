package dev.holdfast.scan.question;

import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What to ask the advisory base about a component: under which name and version its world's advisories speak of it. Debian, Ubuntu,
 * Alpine and Wolfi advisories name the source package, so its version counts; RPM distributions' name the binary package, and some of
 * their statements the source package instead, so both are asked for; a language's name the package itself, in its normalised spelling.
 */
public final class Questions {
    private final Optional<Support> support;

    public Questions(Optional<Support> support) {
        this.support = support;
    }

    /**
     * One question.
     *
     * @param component whom it is about
     * @param namespace see {@link dev.holdfast.advisory.fact}
     * @param packageName as the namespace writes it
     * @param version the version that counts there
     * @param key its place in the order
     * @param isSource whether it asks for an RPM package's source by another name than the package's own
     */
    public record Question(
            Component component,
            String namespace,
            String packageName,
            String version,
            VersionKey key,
            boolean isSource) {}

    /** Why a component could not be asked about. */
    public enum Unasked {
        NO_NAMESPACE,
        NO_VERSION,
        BAD_VERSION
    }

    /** The questions about a component, most authoritative first; or why there are none. */
    public record Asked(List<Question> questions, Optional<Unasked> unasked) {
        public Asked {
            questions = List.copyOf(questions);
        }
    }

    public Asked about(Component component) {
        PackageRecord record = component.record();
        List<String> namespaces = namespaces(record.type());
        if (namespaces.isEmpty()) {
            return new Asked(List.of(), Optional.of(Unasked.NO_NAMESPACE));
        }
        boolean bySource = record.type() == PackageType.DEB || record.type() == PackageType.APK;
        Optional<PackageRecord.Source> source = bySource ? record.source() : Optional.empty();
        String name = source.map(PackageRecord.Source::name).orElseGet(() -> spelled(record));
        String version = source.map(PackageRecord.Source::version).orElseGet(() -> versionOf(record));
        if (version.isEmpty() || version.equals("(devel)")) {
            return new Asked(List.of(), Optional.of(Unasked.NO_VERSION));
        }
        Scheme scheme = record.type().scheme();
        Optional<VersionKey> key = scheme.key(version);
        if (key.isEmpty()) {
            return new Asked(List.of(), Optional.of(Unasked.BAD_VERSION));
        }
        List<Question> questions = new ArrayList<>(namespaces.size());
        for (String namespace : namespaces) {
            questions.add(new Question(component, namespace, name, version, key.get(), false));
            aboutSource(component, namespace).ifPresent(questions::add);
        }
        return new Asked(questions, Optional.empty());
    }

    private static Optional<Question> aboutSource(Component component, String namespace) {
        PackageRecord record = component.record();
        Optional<PackageRecord.Source> source = record.type() == PackageType.RPM ? record.source() : Optional.empty();
        if (source.isEmpty() || source.get().name().equals(record.name())) {
            return Optional.empty();
        }
        String version = sourceVersion(record, source.get());
        return Scheme.RPM
                .key(version)
                .map(key -> new Question(component, namespace, source.get().name(), version, key, true));
    }

    /**
     * The name of a source package's file, from which its version is known, has no epoch. Where the package has the version of its source,
     * it has its epoch, too; where it has one of its own, nobody knows, and none is assumed.
     */
    private static String sourceVersion(PackageRecord record, PackageRecord.Source source) {
        String own = record.version();
        return own.substring(own.indexOf(':') + 1).equals(source.version()) ? own : source.version();
    }

    private List<String> namespaces(PackageType type) {
        if (!type.isOfDistribution()) {
            return List.of(Namespaces.of(type));
        }
        String own = support.map(Support::namespace).orElse("");
        if (own.isEmpty()) {
            return List.of();
        }
        return Namespaces.borrowed(own).map(other -> List.of(own, other)).orElseGet(() -> List.of(own));
    }

    private static String spelled(PackageRecord record) {
        return switch (record.type()) {
            case PYPI -> pythonName(record.name());
            case NUGET, COMPOSER, HEX, PUB -> record.name().toLowerCase(Locale.ROOT);
            case GITHUB -> repository(record.name()).toLowerCase(Locale.ROOT);
            case GENERIC -> record.detail(Detail.PRODUCT).orElseGet(record::name);
            case DEB,
                    APK,
                    RPM,
                    NPM,
                    MAVEN,
                    GOLANG,
                    CARGO,
                    GEM,
                    SWIFT,
                    COCOAPODS,
                    CONAN,
                    HACKAGE,
                    CRAN,
                    JULIA,
                    LUAROCKS,
                    OPAM,
                    CONDA,
                    JSR,
                    TERRAFORM,
                    VCPKG,
                    BREW,
                    WORDPRESS_PLUGIN,
                    WORDPRESS_THEME,
                    SNAP,
                    NIX,
                    ALPM,
                    EBUILD,
                    OPKG -> record.name();
        };
    }

    /** An action may be a folder of its repository, {@code github/codeql-action/init}; advisories name the repository. */
    private static String repository(String action) {
        int end = action.indexOf('/', action.indexOf('/') + 1);
        return end < 0 ? action : action.substring(0, end);
    }

    /** Go writes {@code v1.2.3}; the advisories and the version order do not. Of several possible versions the newest is asked for. */
    private static String versionOf(PackageRecord record) {
        String version = record.version();
        if (version.isEmpty()) {
            String possible = record.detail(Detail.VERSIONS).orElse("");
            version = possible.substring(possible.lastIndexOf(' ') + 1);
        }
        return record.type() == PackageType.GOLANG && version.startsWith("v") ? version.substring(1) : version;
    }

    /** PEP 503: lower case, runs of {@code -_.} are one dash. */
    private static String pythonName(String name) {
        StringBuilder out = new StringBuilder(name.length());
        boolean dash = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '-' || c == '_' || c == '.') {
                dash = true;
                continue;
            }
            if (dash) {
                out.append('-');
                dash = false;
            }
            out.append(c);
        }
        return out.toString().toLowerCase(Locale.ROOT);
    }
}
