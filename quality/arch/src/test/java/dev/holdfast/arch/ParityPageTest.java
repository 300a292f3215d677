package dev.holdfast.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page of parity claims, a test shows. */
class ParityPageTest {
    private static final Path ROOT = Path.of(System.getProperty("holdfast.root", "."));
    private static final Pattern TEST = Pattern.compile("`(\\w+)`");

    @Test
    void everyYesNamesATestThatExists() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(ROOT, 14)) {
            tests = files.map(each -> String.valueOf(each.getFileName()))
                    .filter(each -> each.endsWith("Test.java"))
                    .map(each -> each.substring(0, each.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        List<String> unshown = new ArrayList<>();
        int claims = 0;
        for (String line : Files.readAllLines(ROOT.resolve("docs/parity.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length != 7
                    || cells[1].startsWith("---")
                    || cells[1].strip().equals("what")) {
                continue;
            }
            boolean isClaim = !cells[4].strip().equals("no");
            claims += isClaim ? 1 : 0;
            Matcher named = TEST.matcher(cells[5]);
            boolean isShown = named.find();
            for (boolean more = isShown; more; more = named.find()) {
                isShown &= tests.contains(named.group(1));
            }
            if (isClaim && !isShown) {
                unshown.add(line);
            }
        }
        assertThat(claims).isGreaterThan(40);
        assertThat(unshown).isEmpty();
    }
}
