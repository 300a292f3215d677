package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageUrlTest {
    @Test
    void agreesWithEveryOfficialVector() throws Exception {
        List<String> disagreements = new ArrayList<>();
        int vectors = 0;
        for (Path file : vectorFiles()) {
            for (JsonValue test : Json.parse(Files.readAllBytes(file), Limits.DEFAULT)
                    .get("tests")
                    .elements()) {
                vectors++;
                String outcome = outcome(test);
                if (!outcome.equals(expected(test))) {
                    disagreements.add(file.getFileName() + ": "
                            + test.get("test_type").text().orElse("") + " " + test.get("input") + " gives " + outcome
                            + ", not " + expected(test));
                }
            }
        }
        // The vectors contradict each other: a qualifier's key in capitals must fail for gem and rpm, and be read for
        // Maven.
        assertThat(disagreements).hasSize(2);
        assertThat(disagreements).allMatch(each -> each.contains("?Arch=i386") || each.contains("?Platform=java"));
        assertThat(vectors).isGreaterThan(250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12",
                "pkg:deb/debian/apt@1:2.6.2~rc1?arch=amd64&distro=debian-12",
                "pkg:npm/%40babel/traverse@7.16.0",
                "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
                "pkg:rpm/centos/acl@2.2.51-14.el7?arch=x86_64&distro=centos-7&epoch=1&upstream=acl-2.2.51-14.el7.src.rpm",
                "pkg:golang/google.golang.org/genproto@v0.0.0-1#googleapis/api"
            })
    void writesCanonicalFormAsItWasRead(String canonical) {
        assertThat(PackageUrl.parse(canonical).orElseThrow()).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({"pkg:pypi/Foo_Bar@1, pkg:pypi/foo-bar@1", "pkg://npm//a@1?b=&c=d, pkg:npm/a@1?c=d"})
    void normalises(String given, String canonical) {
        assertThat(PackageUrl.parse(given).orElseThrow()).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "pkg:", "pkg:npm", "pkg:npm/", "pkg:npm/%", "pkg:npm/%zz", "pkg:npm/%ff@1", "pkg:npm/a?=b",
                        "pkg:npm/a?b",
                "pkg:npm/a?b=1&b=2", "pkg:maven/@1.3.4", "pkg:swift/a@1", "pkg:1a/b", "npm/a@1", "pkg:npm/a%2Fb/c@1",
                        "pkg:npm/a#..", "\0", "pkg:////"
            })
    void refusesWhatIsNone(String text) {
        assertThat(PackageUrl.parse(text)).isEmpty();
    }

    @Test
    void readsBackWhateverItWrites() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            PackageUrl url = new PackageUrl(
                    "generic",
                    some(random),
                    some(random) + "x",
                    some(random),
                    Map.of("k", some(random)),
                    some(random) + "y");

            assertThat(PackageUrl.parse(url.toString())).as("seed " + seed).contains(url);
        }
    }

    private static String some(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append("aZ9-_~:@%?#&=+ \u00e9\u4e16,".charAt(random.nextInt(18)));
        }
        return text.toString();
    }

    private static List<Path> vectorFiles() throws IOException {
        Path folder = Path.of(System.getProperty("holdfast.shared", "absent"), "fixtures", "corpus", "purl");
        assumeTrue(Files.isDirectory(folder), () -> "the reference corpus is not here: " + folder);
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String outcome(JsonValue test) {
        Optional<PackageUrl> url = test.get("test_type").text().orElse("").equals("build")
                ? build(test.get("input"))
                : PackageUrl.parse(test.get("input").text().orElse(""));
        if (url.isEmpty()) {
            return "failure";
        }
        return test.get("test_type").text().orElse("").equals("parse")
                ? parts(url.get())
                : url.get().toString();
    }

    private static String expected(JsonValue test) {
        JsonValue output = test.get("expected_output");
        if (test.get("expected_failure").isTrue()) {
            return "failure";
        }
        return output.text()
                .orElseGet(() -> string(output, "type") + "|" + string(output, "namespace") + "|"
                        + string(output, "name") + "|" + string(output, "version") + "|" + qualifiers(output) + "|"
                        + string(output, "subpath"));
    }

    private static String parts(PackageUrl url) {
        return String.join(
                "|",
                url.type(),
                url.namespace(),
                url.name(),
                url.version(),
                url.qualifiers().toString(),
                url.subpath());
    }

    private static Optional<PackageUrl> build(JsonValue input) {
        try {
            return Optional.of(new PackageUrl(
                    string(input, "type"),
                    string(input, "namespace"),
                    string(input, "name"),
                    string(input, "version"),
                    qualifiers(input),
                    string(input, "subpath")));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static String string(JsonValue value, String name) {
        return value.get(name).text().orElse("");
    }

    private static Map<String, String> qualifiers(JsonValue value) {
        Map<String, String> qualifiers = new LinkedHashMap<>();
        value.get("qualifiers").members().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each ->
                        qualifiers.put(each.getKey(), each.getValue().text().orElse("")));
        return qualifiers;
    }
}
