package dev.holdfast.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped snapshot is what the importers make of the reference feeds, byte for byte. Takes minutes: runs with -Dholdfast.slow. */
class SnapshotTest {
    private static final Path SNAPSHOT =
            Path.of(System.getProperty("holdfast.root", ".")).resolve("image/advisory/snapshot/facts.hfdb.zst");

    @TempDir
    Path folder;

    @Test
    void sameFeedsGiveTheSameBytes() throws Exception {
        Path feeds = Path.of(System.getProperty("holdfast.shared", "absent"), "advisories");
        assumeTrue(System.getProperty("holdfast.slow") != null, "slow: set -Dholdfast.slow");
        assumeTrue(Files.isDirectory(feeds), "no reference feeds at " + feeds);
        assumeTrue(Files.isRegularFile(SNAPSHOT), "no snapshot at " + SNAPSHOT);
        Path base = folder.resolve("facts.hfdb");
        Advisories.build(new BuildRequest(feeds, base, List.of("format-samples*"), Set.of(), Limits.DEFAULT));
        Path packed = folder.resolve("facts.hfdb.zst");
        Advisories.export(base, packed, Set.of());

        assertThat(Files.mismatch(packed, SNAPSHOT)).isEqualTo(-1);
    }

    @Test
    void shippedSnapshotIsWhole() throws Exception {
        assumeTrue(Files.isRegularFile(SNAPSHOT), "no snapshot at " + SNAPSHOT);
        Path base = folder.resolve("facts.hfdb");
        Advisories.unpackSnapshot(SNAPSHOT, base);

        try (AdvisoryBase opened = Advisories.open(base)) {
            assertThat(opened.sources()).hasSizeGreaterThan(20).allSatisfy(source -> {
                assertThat(source.licence()).isNotEmpty().isNotEqualTo("unknown");
                assertThat(source.records()).isPositive();
            });
            assertThat(opened.exploited("CVE-2021-44228")).isPresent();
        }
    }
}
