package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.oci.Want;
import dev.holdfast.oci.testing.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real images against what the distributions' own tools and a search of the files say is in them. The system property {@code
 * holdfast.images} names a folder that holds, for each image, {@code NAME.docker.tar}, {@code NAME.oci.tar} and {@code NAME.expect.txt}, one fact
 * a line, parted by tabs:
 *
 * <pre>
 * deb  STATUS  NAME[:ARCH]  VERSION  ARCH  SOURCE  SOURCE-VERSION     (STATUS as dpkg abbreviates it: "ii ", "rc ")
 * apk  NAME  VERSION  ARCH  ORIGIN
 * rpm  NAME  EPOCH|(none)  VERSION  RELEASE  ARCH  SOURCE-FILE  [MODULE-LABEL|(none)]
 * node-package-json  PATH
 * java-archive  PATH
 * python-metadata  PATH
 * go-program  PATH
 * </pre>
 */
final class ExpectedImagesTest {
    private static final Pattern SOURCE_FILE = Pattern.compile("(.+)-([^-]+-[^-]+)\\.(?:no)?src\\.rpm");

    @TempDir
    static Path shared;

    @TestFactory
    List<DynamicTest> everythingThatIsThereIsListed() throws IOException {
        Path folder = Path.of(System.getProperty("holdfast.images", "absent"));
        assumeTrue(Files.isDirectory(folder), "no folder of images is named by -Dholdfast.images");
        Path base = Facts.small().write(shared.resolve("facts.hfdb"));
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path image : files.sorted().toList()) {
                String name = image.getFileName().toString();
                if (name.endsWith(".tar")) {
                    Path expected = folder.resolve(name.substring(0, name.indexOf('.')) + ".expect.txt");
                    tests.add(DynamicTest.dynamicTest(name, () -> compare(image, expected, base)));
                }
            }
        }
        return tests;
    }

    private static void compare(Path image, Path expected, Path base) throws Exception {
        Scanned scanned = Scanned.path(image, base);
        assertThat(scanned.run().err()).isEmpty();
        List<String> lines = Files.readAllLines(expected);
        assertThat(ours(scanned)).isEqualTo(theirs(lines));
        SortedSet<String> missing = new TreeSet<>(paths(lines, "python-metadata", "go-program", "java-archive"));
        missing.addAll(named(paths(lines, "node-package-json")));
        Set<String> found = places(scanned);
        missing.removeAll(found);
        assertThat(found).containsAll(targets(image, missing));
    }

    /** A search by name also finds symbolic links; what they lead to is what has to be listed. */
    private static SortedSet<String> targets(Path image, Set<String> paths) throws Exception {
        SortedSet<String> targets = new TreeSet<>();
        if (!paths.isEmpty()) {
            try (Images.Opened opened = Images.read(image, (path, header) -> Want.NOTHING, Limits.DEFAULT)) {
                for (String path : paths) {
                    targets.add(
                            opened.tree().resolve(path).map(FileVersion::path).orElse(path));
                }
            }
        }
        return targets;
    }

    private static SortedSet<String> ours(Scanned scanned) {
        SortedSet<String> ours = new TreeSet<>();
        for (JsonValue each : scanned.target().get("packages").elements()) {
            String type = Scanned.text(each, "type");
            boolean isOfSystem = type.equals("deb") || type.equals("apk") || type.equals("rpm");
            if (isOfSystem && Scanned.text(each, "state").equals("installed")) {
                JsonValue source = each.get("source");
                ours.add(String.join(
                        "\t",
                        type,
                        Scanned.text(each, "name"),
                        Scanned.text(each, "version"),
                        Scanned.text(each, "arch"),
                        Scanned.text(source, "name"),
                        type.equals("apk") ? "" : Scanned.text(source, "version")));
            }
        }
        return ours;
    }

    private static SortedSet<String> theirs(List<String> lines) {
        SortedSet<String> theirs = new TreeSet<>();
        for (String line : lines) {
            String[] field = line.split("\t", -1);
            switch (field[0]) {
                case "deb" -> {
                    if (field[1].charAt(1) != 'c' && field[1].charAt(1) != 'n') {
                        String name = field[2].replaceFirst(":.*", "");
                        theirs.add(String.join("\t", "deb", name, field[3], field[4], field[5], field[6]));
                    }
                }
                case "apk" -> theirs.add(String.join("\t", "apk", field[1], field[2], field[3], field[4], ""));
                case "rpm" -> {
                    if (!field[1].equals("gpg-pubkey")) { // a key in the guise of a package
                        theirs.add(rpm(field));
                    }
                }
                default -> {
                    // files are compared by their paths
                }
            }
        }
        return theirs;
    }

    private static String rpm(String... field) {
        String epoch = field[2].equals("(none)") || field[2].equals("0") ? "" : field[2] + ":";
        Matcher source = SOURCE_FILE.matcher(field[6]);
        boolean hasSource = source.matches();
        return String.join(
                "\t",
                "rpm",
                field[1],
                epoch + field[3] + "-" + field[4],
                field[5].equals("(none)") ? "" : field[5],
                hasSource ? source.group(1) : "",
                hasSource ? source.group(2) : "");
    }

    private static Set<String> places(Scanned scanned) {
        Set<String> places = new TreeSet<>();
        for (JsonValue each : scanned.target().get("packages").elements()) {
            if (Scanned.text(each, "state").equals("installed")) {
                for (JsonValue location : each.get("locations").elements()) {
                    String path = Scanned.text(location, "path");
                    places.add(path);
                    places.add(path.replaceFirst(" ▸ .*", ""));
                }
            }
        }
        return places;
    }

    private static List<String> paths(List<String> lines, String... kinds) {
        List<String> paths = new ArrayList<>();
        for (String line : lines) {
            int tab = line.indexOf('\t');
            String path = line.substring(tab + 1);
            if (List.of(kinds).contains(line.substring(0, tab))) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** Those that are packages' own: {@code node_modules/NAME/package.json}; deeper ones are parts of a package's tests or builds. */
    private static List<String> named(List<String> paths) {
        Pattern own = Pattern.compile(".*/node_modules/(@[^/]+/)?[^/@]+/package\\.json");
        return paths.stream().filter(path -> own.matcher(path).matches()).toList();
    }
}
