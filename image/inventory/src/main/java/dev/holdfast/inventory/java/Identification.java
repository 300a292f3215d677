package dev.holdfast.inventory.java;

import dev.holdfast.inventory.Confidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names one archive. In this order, the first that answers:
 *
 * <ol>
 *   <li>the Maven descriptor that is the archive's own: of several, the one whose artifact the file name or the manifest names too; the
 *       others are libraries that were merged in;
 *   <li>a {@linkplain KnownArtifacts known library} that manifest or file name call it and whose packages it holds;
 *   <li>the manifest's own coordinates (Jenkins' {@code Group-Id}, NiFi's {@code Nar-Group});
 *   <li>the file name, with a group from {@code Implementation-Vendor-Id} or {@code Bundle-SymbolicName} where one fits the packages, else
 *       guessed from the package that most classes share.
 * </ol>
 *
 * <p>{@code Automatic-Module-Name}, {@code Bundle-Activator} and {@code Bundle-SymbolicName} are no group ids: they only help to tell
 * which of several descriptors is the archive's own.
 */
final class Identification {
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[A-Za-z0-9_\\-]+)+");

    /** Vendor ids that a thousand libraries of other groups share. */
    private static final Set<String> TOO_WIDE = Set.of("org.apache", "com.sun");

    private final ArchiveName fileName;

    private final Manifest manifest;
    private final JarContents contents;
    private final List<Descriptor> descriptors;

    Identification(String fileName, Manifest manifest, JarContents contents, List<Descriptor> descriptors) {
        this.fileName = ArchiveName.parse(fileName);
        this.manifest = manifest;
        this.contents = contents;
        this.descriptors = descriptors;
    }

    /**
     * What an archive is.
     *
     * @param coordinates the artifact is known, group and version may not be
     * @param confidence how sure
     * @param evidence how it was told
     * @param from the descriptor that told it; empty when none did
     * @param possible the versions that it may be, oldest first, where more than one is; else empty
     */
    record Identity(
            Coordinates coordinates,
            Confidence confidence,
            String evidence,
            Optional<Descriptor> from,
            List<String> possible) {
        Identity(Coordinates coordinates, Confidence confidence, String evidence, Optional<Descriptor> from) {
            this(coordinates, confidence, evidence, from, List.of());
        }
    }

    /** The archive itself; empty when nothing names it, or it is one of sources or documentation. */
    Optional<Identity> own() {
        if (fileName.holdsNoCode() && !contents.hasClasses()) {
            return Optional.empty();
        }
        return new OwnDescriptor(fileName, manifest, descriptors)
                .find()
                .map(this::described)
                .or(this::known)
                .or(this::declared)
                .or(this::named);
    }

    private Identity described(Descriptor own) {
        Coordinates coordinates = own.coordinates();
        if (coordinates.version().isEmpty()) {
            coordinates = coordinates.withVersion(version());
        }
        if (fileName.holdsTests()) {
            return new Identity(coordinates, Confidence.LOW, own.kind() + " of an archive of tests", Optional.of(own));
        }
        return new Identity(
                coordinates, own.isAtHome() ? Confidence.HIGH : Confidence.MEDIUM, own.kind(), Optional.of(own));
    }

    // --- without a descriptor ---

    private Optional<Identity> known() {
        String version = version();
        for (String name : namesToTry()) {
            Optional<KnownArtifacts.Known> known = KnownArtifacts.find(name, version, contents);
            if (known.isPresent() && !isSomebodyElses(known.get())) {
                Coordinates coordinates =
                        new Coordinates(known.get().group(), known.get().artifact(), version);
                boolean sure = contents.hasClasses() && !fileName.holdsTests() && !version.isEmpty();
                String said = name.equals(fileName.artifact()) ? "file name" : "manifest";
                return Optional.of(new Identity(
                        coordinates,
                        sure ? Confidence.MEDIUM : Confidence.LOW,
                        contents.hasClasses() ? said + " and packages" : said,
                        Optional.empty()));
            }
        }
        return Optional.empty();
    }

    /**
     * An instrumentation stub weaves itself into a library: it has the library's file name and packages, but its title is a package of
     * its maker.
     */
    private boolean isSomebodyElses(KnownArtifacts.Known known) {
        String title = manifest.value("Implementation-Title");
        if (!PACKAGE.matcher(title).matches() || title.indexOf('.') == title.lastIndexOf('.')) {
            return false;
        }
        String maker = firstTwo(title);
        return !maker.equals(firstTwo(known.home().replace('/', '.'))) && !maker.equals(firstTwo(known.group() + "."));
    }

    private static String firstTwo(String dotted) {
        int first = dotted.indexOf('.');
        int second = dotted.indexOf('.', first + 1);
        return second < 0 ? dotted : dotted.substring(0, second);
    }

    private Optional<Identity> declared() {
        Coordinates jenkins = new Coordinates(
                manifest.value("Group-Id"), manifest.value("Short-Name"), manifest.version("Plugin-Version"));
        Coordinates nifi =
                new Coordinates(manifest.value("Nar-Group"), manifest.value("Nar-Id"), manifest.version("Nar-Version"));
        for (Coordinates said : List.of(jenkins, nifi)) {
            if (!said.group().isEmpty()
                    && !said.artifact().isEmpty()
                    && !said.version().isEmpty()) {
                return Optional.of(new Identity(said, Confidence.MEDIUM, "manifest", Optional.empty()));
            }
        }
        return Optional.empty();
    }

    private Optional<Identity> named() {
        String version = version();
        String artifact = artifact();
        if (artifact.isEmpty() || version.isEmpty() && !contents.hasClasses()) {
            return Optional.empty();
        }
        Optional<String> group = groupOfManifest(artifact);
        if (group.isPresent() && !version.isEmpty()) {
            return Optional.of(new Identity(
                    new Coordinates(group.get(), artifact, version),
                    fileName.holdsTests() ? Confidence.LOW : Confidence.MEDIUM,
                    "manifest",
                    Optional.empty()));
        }
        return Optional.of(new Identity(
                new Coordinates(group.orElseGet(contents::dominantPackage), artifact, version),
                Confidence.LOW,
                version.equals(fileName.version()) ? "file name" : "manifest version",
                Optional.empty()));
    }

    private String artifact() {
        if (!fileName.version().isEmpty()) {
            return fileName.artifact();
        }
        for (String name : manifest.names()) {
            if (name.indexOf('.') < 0) {
                return name;
            }
        }
        return fileName.artifact();
    }

    private Optional<String> groupOfManifest(String artifact) {
        String vendor = manifest.value("Implementation-Vendor-Id");
        if (PACKAGE.matcher(vendor).matches()
                && !TOO_WIDE.contains(vendor)
                && contents.hasClassUnder(vendor.replace('.', '/') + "/")) {
            return Optional.of(vendor);
        }
        String title = manifest.value("Implementation-Title");
        int dash = title.indexOf('-');
        int cut = title.lastIndexOf('.', dash < 0 ? title.length() : dash);
        if (PACKAGE.matcher(title).matches() && dash > 0 && cut > 0 && title.indexOf('.') < cut) {
            return Optional.of(title.substring(0, cut));
        }
        String bundle = manifest.symbolicName();
        String tail = "." + artifact;
        if (bundle.endsWith(tail) && bundle.indexOf('.') < bundle.length() - tail.length()) {
            return Optional.of(bundle.substring(0, bundle.length() - tail.length()));
        }
        return Optional.empty();
    }

    // --- names and versions ---

    /** Names to look up, surest first: as the manifest says, its dotted names by their last segments, then the file's. */
    private Set<String> namesToTry() {
        List<String> said = new ArrayList<>(manifest.names());
        Set<String> names = new LinkedHashSet<>();
        for (String name : said) {
            names.add(name.toLowerCase(Locale.ROOT).equals(fileName.artifact()) ? fileName.artifact() : name);
        }
        names.add(fileName.artifact());
        for (String name : said) {
            names.add(name.substring(name.lastIndexOf('.') + 1));
        }
        names.remove("");
        return names;
    }

    /**
     * The version: as the file name writes it where the manifest agrees or is silent, else the manifest's. A bundle version is Maven's
     * version bent into OSGi's shape ({@code 29.0-jre} becomes {@code 29.0.0.jre}), so it speaks last.
     */
    private String version() {
        String implementation = manifest.version("Implementation-Version");
        String inName = fileName.version();
        if (inName.isEmpty()) {
            return implementation.isEmpty() ? manifest.version("Bundle-Version") : implementation;
        }
        boolean isNumberOfBuild = implementation.indexOf('.') < 0 && inName.indexOf('.') >= 0;
        boolean agrees = implementation.isEmpty()
                || isNumberOfBuild
                || inName.startsWith(implementation)
                || implementation.equals(inName + "-SNAPSHOT");
        return agrees || !contents.hasClasses() ? inName : implementation;
    }
}
