package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random versions, close to each other so that they differ late. That keys are an order needs no test for each scheme, since bytes have one;
 * that it is the ecosystem's is what the direct comparators say.
 */
class OrderPropertiesTest {
    private static final long SEED = Long.getLong("holdfast.seed", 20_261_125L);

    private static final Map<Scheme, List<String>> PIECES = new EnumMap<>(Map.of(
            Scheme.DEB,
                    List.of(
                            "0",
                            "1",
                            "10",
                            "007",
                            "99999999999999999999",
                            "~",
                            "~~",
                            "+",
                            ".",
                            "-",
                            "a",
                            "Z",
                            "deb",
                            "u"),
            Scheme.RPM,
                    List.of(
                            "0",
                            "1",
                            "10",
                            "007",
                            "18446744073709551616",
                            "~",
                            "^",
                            ".",
                            "_",
                            "-",
                            "a",
                            "Z",
                            "rc",
                            "el8"),
            Scheme.PYPI,
                    List.of(
                            "0", "1", "10", ".0", ".1", "a1", "b2", "rc1", ".post0", ".post1", ".dev0", ".dev3", "+l",
                            "+1", ".2"),
            Scheme.GEM, List.of("0", "1", "10", ".0", ".0", ".1", ".a", ".b2", "a", ".pre", "-1", ".00"),
            Scheme.NPM, List.of(".0", ".1", ".a", ".b", ".10", "a", "-", "0a", ".B")));

    @ParameterizedTest
    @EnumSource(names = {"DEB", "RPM", "APK", "PYPI", "GEM", "NPM"})
    void keysAgreeWithDirectComparison(Scheme scheme) {
        Random random = new Random(SEED);
        Comparator<String> direct = DirectOrders.of(scheme);
        List<String> versions = versions(scheme, random, 600);
        int equal = 0;
        for (String first : versions) {
            VersionKey key = scheme.key(first).orElseThrow();
            for (int i = 0; i < 40; i++) {
                String second = versions.get(random.nextInt(versions.size()));
                int expected = Integer.signum(direct.compare(first, second));
                int actual = Integer.signum(key.compareTo(scheme.key(second).orElseThrow()));
                assertThat(actual)
                        .as("seed %d: %s against %s", SEED, first, second)
                        .isEqualTo(expected);
                equal += expected == 0 ? 1 : 0;
            }
        }
        assertThat(equal).as("pairs of equal versions, seed %d", SEED).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void equalVersionsHaveEqualKeysAndOrderIsOne(Scheme scheme) {
        Random random = new Random(SEED);
        List<VersionKey> keys = new ArrayList<>();
        while (keys.size() < 300) {
            Optional<VersionKey> key = scheme.key(garbage(random));
            key.ifPresent(keys::add);
        }
        for (int i = 0; i < 3_000; i++) {
            VersionKey a = keys.get(random.nextInt(keys.size()));
            VersionKey b = keys.get(random.nextInt(keys.size()));
            VersionKey c = keys.get(random.nextInt(keys.size()));
            assertThat(Integer.signum(a.compareTo(b))).as("seed %d", SEED).isEqualTo(-Integer.signum(b.compareTo(a)));
            assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
            if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                assertThat(a.compareTo(c)).as("seed %d", SEED).isNotPositive();
            }
        }
    }

    private static String garbage(Random random) {
        String signs = "0123..--+_~^abrcpe!v";
        StringBuilder text = new StringBuilder().append(random.nextInt(3));
        int length = random.nextInt(9);
        for (int i = 0; i < length; i++) {
            text.append(signs.charAt(random.nextInt(signs.length())));
        }
        return random.nextInt(3) == 0
                ? text + ""
                : random.nextInt(20) + "." + random.nextInt(3) + "." + random.nextInt(300);
    }

    private static List<String> versions(Scheme scheme, Random random, int count) {
        List<String> versions = new ArrayList<>();
        while (versions.size() < count) {
            String version = scheme == Scheme.APK ? apk(random) : pieced(scheme, random);
            boolean isComparable =
                    scheme.key(version).isPresent() && (scheme != Scheme.PYPI || DirectOrders.isPep440(version));
            if (isComparable) {
                versions.add(version);
            }
        }
        return versions;
    }

    private static String pieced(Scheme scheme, Random random) {
        List<String> pieces = PIECES.getOrDefault(scheme, List.of("0"));
        StringBuilder version =
                new StringBuilder(scheme == Scheme.NPM ? "1.0." + random.nextInt(2) + "-" + random.nextInt(2) : "");
        if (scheme == Scheme.DEB && random.nextInt(5) == 0 || scheme == Scheme.RPM && random.nextInt(5) == 0) {
            version.append(random.nextInt(2)).append(':');
        }
        version.append(scheme == Scheme.NPM ? "" : random.nextInt(2));
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            version.append(pieces.get(random.nextInt(pieces.size())));
        }
        return version.toString();
    }

    private static String apk(Random random) {
        List<String> numbers = List.of("0", "1", "2", "10", "01", "010", "00", "99999999999999999999");
        List<String> suffixes = List.of("_alpha", "_beta", "_pre", "_rc", "_cvs", "_svn", "_git", "_hg", "_p");
        StringBuilder version = new StringBuilder().append(random.nextInt(2));
        for (int i = random.nextInt(3); i > 0; i--) {
            version.append('.').append(numbers.get(random.nextInt(numbers.size())));
        }
        version.append(random.nextInt(4) == 0 ? "b" : "");
        for (int i = random.nextInt(5) - 2; i > 0; i--) {
            version.append(suffixes.get(random.nextInt(9))).append(random.nextBoolean() ? "" : random.nextInt(11));
        }
        version.append(random.nextInt(6) == 0 ? "~" + Integer.toHexString(random.nextInt(40)) : "");
        return version + (random.nextBoolean() ? "" : "-r" + random.nextInt(11));
    }
}
