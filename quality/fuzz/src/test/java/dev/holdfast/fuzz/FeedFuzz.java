package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.advisory.Feeds;
import dev.holdfast.advisory.feed.Feed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Every importer: the first byte chooses it, the rest is its file. */
class FeedFuzz {
    private static final List<Feed> FEEDS = Feeds.all();

    @MethodSource("files")
    @FuzzTest
    void importers(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        Feed feed = FEEDS.get((bytes[0] & 0xff) % FEEDS.size());
        byte[] file = new byte[bytes.length - 1];
        System.arraycopy(bytes, 1, file, 0, file.length);
        feed.recognises("feed/file.json", file);
        Hostile.read(feed, file);
    }

    static Stream<byte[]> files() {
        return Stream.of(
                        "{\"id\":\"X-1\",\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"a\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"1.0\"}]}]}]}",
                        "[05 Jan 2023] DSA-5300-1 xx - security update\n\t{CVE-2022-1 CVE-2022-2}\n\t[bullseye] - xx 1.2-3\n",
                        "distroversion: v3.10\nreponame: main\npackages:\n  - pkg:\n      name: a\n      secfixes:\n        1.0-r0:\n          - CVE-2020-1\n",
                        "Candidate: CVE-2020-1\nPublicDate: 2020-01-01\nPriority: low\nPatches_a:\nbionic_a: released (1.0)\n",
                        "<?xml version=\"1.0\"?><a><b c=\"d\">e</b></a>",
                        "a,b,c\n1,2,3\n")
                .flatMap(FeedFuzz::forEveryImporter);
    }

    private static Stream<byte[]> forEveryImporter(String text) {
        Stream.Builder<byte[]> seeds = Stream.builder();
        for (int i = 0; i < FEEDS.size(); i++) {
            byte[] utf8 = text.getBytes(UTF_8);
            byte[] seed = new byte[utf8.length + 1];
            seed[0] = (byte) i;
            System.arraycopy(utf8, 0, seed, 1, utf8.length);
            seeds.add(seed);
        }
        return seeds.build();
    }
}
