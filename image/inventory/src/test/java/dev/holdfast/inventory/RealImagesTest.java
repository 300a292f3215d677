package dev.holdfast.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Component.State;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.testing.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares our list of a distribution's packages with what the distribution's own tools list in real images. The images are made by the
 * reference fixtures' script; where their folder is not named by the system property {@code holdfast.images}, there is nothing to compare.
 */
class RealImagesTest {
    @Test
    void listsWhatTheDistributionsOwnToolsList() throws Exception {
        Path folder = Path.of(System.getProperty("holdfast.images", "absent"));
        assumeTrue(Files.isDirectory(folder), "no folder of images is named by -Dholdfast.images");
        List<String> differences = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path image : files.sorted().toList()) {
                String name = image.getFileName().toString();
                if (name.endsWith(".tar")) {
                    compare(image, folder.resolve(name.substring(0, name.indexOf('.')) + ".expect.txt"), differences);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static void compare(Path image, Path expected, List<String> differences) throws Exception {
        Gaps gaps = new Gaps();
        SortedSet<String> extra;
        try (Target target = Images.open(image, Limits.DEFAULT).getFirst()) {
            extra = ours(new Inventory(Limits.DEFAULT).of(target, gaps));
        }
        SortedSet<String> missing = theirs(expected);
        missing.removeAll(extra);
        extra.removeAll(theirs(expected));
        missing.forEach(line -> differences.add(image.getFileName() + " lacks " + line));
        extra.forEach(line -> differences.add(image.getFileName() + " has " + line));
        for (Gap gap : gaps.list()) {
            if (gap.code() == Gap.Code.UNREADABLE || gap.code() == Gap.Code.LIMIT) {
                differences.add(image.getFileName() + " " + gap);
            }
        }
    }

    private static SortedSet<String> ours(InventoryReport report) {
        SortedSet<String> lines = new TreeSet<>();
        for (Component component : report.components()) {
            PackageRecord record = component.record();
            if (component.state() == State.INSTALLED && record.type().isOfDistribution()) {
                String source = record.source()
                        .map(each ->
                                record.type() == PackageType.APK ? each.name() : each.name() + " " + each.version())
                        .orElse("");
                lines.add(String.join(
                        " ",
                        record.type().word(),
                        record.name(),
                        record.version(),
                        record.architecture().orElse(""),
                        source,
                        record.detail(PackageRecord.Detail.MODULE).orElse("")));
            }
        }
        return lines;
    }

    private static SortedSet<String> theirs(Path expected) throws IOException {
        SortedSet<String> lines = new TreeSet<>();
        for (String line : Files.readAllLines(expected)) {
            String[] field = line.split("\t", -1);
            switch (field[0]) {
                case "deb" -> {
                    // The second letter is the state: n is not installed, c only its configuration files are there.
                    if ("nc".indexOf(field[1].charAt(1)) < 0) {
                        String name = field[2].replaceFirst(":.*", "");
                        lines.add(String.join(" ", "deb", name, field[3], field[4], field[5] + " " + field[6], ""));
                    }
                }
                case "apk" -> lines.add(String.join(" ", "apk", field[1], field[2], field[3], field[4], ""));
                case "rpm" -> {
                    if (!field[1].equals("gpg-pubkey")) {
                        lines.add(rpm(field));
                    }
                }
                default -> {
                    // files of languages are compared elsewhere
                }
            }
        }
        return lines;
    }

    private static String rpm(String[] field) {
        boolean hasEpoch = !field[2].equals("(none)") && !field[2].equals("0");
        String module =
                field.length > 7 && !field[7].equals("(none)") ? field[7].replaceFirst("^([^:]+:[^:]*):.*", "$1") : "";
        String[] source = field[6].replaceFirst("[.](no)?src[.]rpm$", "").split("-(?=[^-]*-[^-]*$)", 2);
        return String.join(
                " ",
                "rpm",
                field[1],
                (hasEpoch ? field[2] + ":" : "") + field[3] + "-" + field[4],
                field[5],
                String.join(" ", source),
                module);
    }
}
