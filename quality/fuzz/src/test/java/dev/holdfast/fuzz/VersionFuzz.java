package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import dev.holdfast.version.VersionRange;
import dev.holdfast.version.Versions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and ranges of every scheme. */
class VersionFuzz {
    private static final Scheme[] SCHEMES = Scheme.values();

    /** The first byte chooses the scheme, a line break parts two versions. */
    @MethodSource("pairs")
    @FuzzTest
    void keysAgreeBothWays(byte[] bytes) {
        Input input = Input.of(bytes);
        Optional<VersionKey> first = input.scheme().key(input.first());
        Optional<VersionKey> second = input.scheme().key(input.second());
        if (first.isPresent() && second.isPresent()) {
            int forth = Integer.signum(first.get().compareTo(second.get()));
            int back = Integer.signum(second.get().compareTo(first.get()));
            if (forth != -back) {
                throw new AssertionError("the order depends on who is asked");
            }
        }
        Versions.compare(input.scheme(), input.first(), input.second());
    }

    @MethodSource("ranges")
    @FuzzTest
    void rangesParseOrRefuse(byte[] bytes) {
        Input input = Input.of(bytes);
        Hostile.feedTo(() -> {
            VersionRange range = VersionRange.parse(input.scheme(), input.first());
            input.scheme().key(input.second()).ifPresent(range::contains);
        });
    }

    static Stream<byte[]> pairs() {
        return seeds(
                "1:2.3-4+deb12u1\n1:2.3~rc1-4",
                "1.0.0-alpha.1+build\n1.0.0",
                "1.0a1.dev1+local.2\n1!2.post3",
                "2.0-SNAPSHOT\n2-ga");
    }

    static Stream<byte[]> ranges() {
        return seeds(
                ">=1.0 <2.0 || ^3.1.x\n1.5",
                "[1.0,2.0),(3,]\n1.0",
                "~=2.2, !=2.2.5\n2.2.6",
                "~> 1.2, >= 1.2.3\n1.2.4",
                "1.0 - 2.0\n1");
    }

    private static Stream<byte[]> seeds(String... texts) {
        Stream.Builder<byte[]> seeds = Stream.builder();
        for (int i = 0; i < SCHEMES.length; i++) {
            for (String text : texts) {
                seeds.add(((char) (' ' + i) + text).getBytes(UTF_8));
            }
        }
        return seeds.build();
    }

    private record Input(Scheme scheme, String first, String second) {
        static Input of(byte[] bytes) {
            Scheme scheme = SCHEMES[bytes.length == 0 ? 0 : Math.floorMod(bytes[0] - ' ', SCHEMES.length)];
            String text = new String(bytes, Math.min(1, bytes.length), Math.max(0, bytes.length - 1), UTF_8);
            int end = text.indexOf('\n');
            return new Input(scheme, end < 0 ? text : text.substring(0, end), end < 0 ? text : text.substring(end + 1));
        }
    }
}
