package dev.holdfast.advisory.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.Feeds;
import dev.holdfast.advisory.feed.Feed.FeedFile;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is in a file, a feed reads it or says what is wrong: nothing else gets out. */
class BrokenFeedsTest {
    private static final List<Feed> FEEDS = Feeds.all();

    @Test
    void readsOrRefusesEveryFormatSample() throws Exception {
        Map<String, Integer> read = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        Corpus.walk("format-samples.tar.zst", (path, bytes) -> {
            Optional<Feed> feed = feedOf(path, bytes);
            if (feed.isPresent() && feed.get().getClass().getPackageName().matches(".*\\.(osv|lang|general)")) {
                try {
                    feed.get().read(file(path, bytes), new Collected());
                    read.merge(feed.get().getClass().getSimpleName(), 1, Integer::sum);
                } catch (InputException wrong) {
                    assertThat(wrong.getMessage()).doesNotContain("\n");
                    refused.add(path + " as " + feed.get().name() + ": " + wrong.getMessage());
                }
            }
        });
        assertThat(read).containsKeys("OsvFeed", "KevFeed", "EpssFeed", "NvdApiFeed", "EndOfLifeApiFeed");
        assertThat(refused)
                .isNotEmpty()
                .allMatch(path -> path.contains("/sad") || path.contains("invalid") || path.contains("broken"));
    }

    @Test
    void survivesDamageToWhatItReads() throws Exception {
        long seed = 20_261_125;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, byte[]> samples = samples();
        for (Map.Entry<String, byte[]> sample : samples.entrySet()) {
            for (int round = 0; round < 40; round++) {
                byte[] damaged = damaged(sample.getValue(), random);
                Optional<Feed> feed = feedOf(sample.getKey(), sample.getValue());
                try {
                    feed.orElseThrow().read(file(sample.getKey(), damaged), new Collected());
                } catch (InputException expected) {
                    assertThat(expected.getMessage()).isNotBlank();
                }
            }
        }
    }

    /** The first file of at most 64 KiB that each feed of languages and general knowledge reads. */
    private static Map<String, byte[]> samples() throws InputException, IOException {
        Map<String, byte[]> samples = new LinkedHashMap<>();
        List<Object> seen = new ArrayList<>();
        for (String archive : List.of(
                "format-samples.tar.zst",
                "rustsec-advisory-db.tar.zst",
                "ruby-advisory-db.tar.zst",
                "php-security-advisories.tar.zst",
                "node-security-wg.tar.zst",
                "victims-cve-db.tar.zst",
                "vexhub-aqua.tar.zst",
                "sap-project-kb.tar.zst",
                "endoflife-date.tar.zst")) {
            Corpus.walk(archive, (path, bytes) -> {
                Optional<Feed> feed = bytes.length > 1 << 16 ? Optional.empty() : feedOf(path, bytes);
                if (feed.isPresent()
                        && feed.get().getClass().getPackageName().matches(".*\\.(osv|lang|general)")
                        && !seen.contains(feed.get().getClass())) {
                    seen.add(feed.get().getClass());
                    samples.put(path, bytes);
                }
            });
        }
        return samples;
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length);
        for (int i = random.nextInt(8); i > 0 && damaged.length > 0; i--) {
            byte[] choice = {(byte) random.nextInt(256), '"', '[', '{', '\n', ':', 0, '0', '\\', '-', '&', '*'};
            damaged[random.nextInt(damaged.length)] = choice[random.nextInt(choice.length)];
        }
        return damaged;
    }

    private static Optional<Feed> feedOf(String path, byte[] bytes) {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, 4_096));
        for (Feed feed : FEEDS) {
            if (feed.recognises(path, head)) {
                return Optional.of(feed);
            }
        }
        return Optional.empty();
    }

    private static FeedFile file(String path, byte[] bytes) {
        return new FeedFile(path, new ByteArrayInputStream(bytes), Limits.DEFAULT);
    }
}
