package dev.holdfast.advisory.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.advisory.Feeds;
import dev.holdfast.advisory.feed.Feed.FeedFile;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every importer on every excerpt of a raw feed: whole, cut off, and with bytes changed. What is wrong with them may only be told. */
class BrokenSamplesTest {
    private static final List<Feed> FEEDS = Feeds.all();

    private static final String NOISE = "\"{}[]<>&:,\n \u0000-0A\u00ff";

    /** Larger samples say nothing that the smaller ones do not, and take most of the time. */
    private static final int SMALL = 1 << 16;

    @Test
    void readsEverySampleOrSaysWhyNot() throws Exception {
        int read = 0;
        for (Map.Entry<String, byte[]> sample : Samples.all().entrySet()) {
            read += isRead(sample.getKey(), sample.getValue()) ? 1 : 0;
        }
        assertThat(read).as("samples that an importer reads to their end").isGreaterThan(200);
    }

    @Test
    void survivesSamplesThatAreCutOff() throws Exception {
        Random random = new Random(20_261_125);
        for (Map.Entry<String, byte[]> sample : Samples.all().entrySet()) {
            byte[] bytes = sample.getValue();
            if (bytes.length > 0 && bytes.length < SMALL) {
                isRead(sample.getKey(), Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            }
        }
    }

    @Test
    void survivesSamplesWithChangedBytes() throws Exception {
        Random random = new Random(20_261_125);
        for (Map.Entry<String, byte[]> sample : Samples.all().entrySet()) {
            byte[] bytes = sample.getValue().clone();
            if (bytes.length == 0 || bytes.length >= SMALL) {
                continue;
            }
            for (int i = 0; i < 1 + bytes.length / 500; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) NOISE.charAt(random.nextInt(NOISE.length()));
            }
            isRead(sample.getKey(), bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vuln-list-update/oracle/oval/testdata/EOF.txt",
                "vuln-list-update/arch/testdata/invalid.json",
                "vuln-list-update/photon/testdata/invalid_photon_versions.json",
                "vuln-list-update/alma/testdata/invalid.json"
            })
    void doesNotRecogniseWhatIsNoFeed(String path) throws Exception {
        byte[] bytes = Samples.all().getOrDefault(path, new byte[0]);
        assertThat(reader(path, bytes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vuln-list-update/openeuler/testdata/broken-cvrf.xml",
                "vuln-list-update/suse/cvrf/testdata/broken-cvrf/cvrf-suse-su-2018-1784-1.xml",
                "vuln-list-update/mariner/testdata/sad/cbl-mariner-1.0-oval.xml",
                "vuln-list-update/amazon/testdata/fixtures/updateinfo_invalid.xml.gz",
                "vuln-list-update/bottlerocket/testdata/invalid_xml.gz"
            })
    void refusesFeedsThatEndEarlyOrNestWrongly(String path) throws Exception {
        byte[] bytes = Samples.all().getOrDefault(path, new byte[0]);
        assertThatThrownBy(() -> isReadOrThrow(path, bytes))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not valid XML at line");
    }

    @Test
    void refusesXmlWithADocumentType() {
        String billionLaughs =
                "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><updates><update>&b;</update></updates>";
        assertThatThrownBy(() -> isReadOrThrow("updateinfo.xml", billionLaughs.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void refusesXmlThatNestsWithoutEnd() {
        String deep = "<updates><update>" + "<a>".repeat(100_000);
        assertThatThrownBy(() -> isReadOrThrow("updateinfo.xml", deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nests deeper than 64 levels");
    }

    @Test
    void refusesAListWhoseLineNeverEnds() {
        String endless =
                "[29 Mar 2023] DSA-5380-1 xorg-server - security update\n\t{" + "CVE-2023-1393 ".repeat(100_000);
        assertThatThrownBy(() -> isReadOrThrow("data/DSA/list", endless.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2 is longer than");
    }

    private static boolean isRead(String path, byte[] bytes) throws IOException {
        try {
            return isReadOrThrow(path, bytes);
        } catch (InputException told) {
            assertThat(told.getMessage()).isNotBlank().doesNotContain("\n");
            return false;
        } catch (RuntimeException crash) {
            throw new AssertionError(path + " of " + bytes.length + " bytes", crash);
        }
    }

    private static boolean isReadOrThrow(String path, byte[] bytes) throws InputException, IOException {
        Optional<Feed> feed = reader(path, bytes);
        if (feed.isEmpty()) {
            return false;
        }
        feed.get().read(new FeedFile(path, new ByteArrayInputStream(bytes), Limits.DEFAULT), new Collected());
        return true;
    }

    private static Optional<Feed> reader(String path, byte[] bytes) {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, 4_096));
        return FEEDS.stream().filter(it -> it.recognises(path, head)).findFirst();
    }
}
