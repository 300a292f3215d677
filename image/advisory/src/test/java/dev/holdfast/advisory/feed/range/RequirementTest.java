package dev.holdfast.advisory.feed.range;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.version.Scheme;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {
    /** As node-semver 7 expands them. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    * ; (all)
                    1.2.3 ; [1.2.3, 1.2.3]
                    =v1.2.3 ; [1.2.3, 1.2.3]
                    1.2 ; [1.2.0, 1.3.0-0)
                    14.x ; [14.0.0, 15.0.0-0)
                    ^1.2.3 ; [1.2.3, 2.0.0-0)
                    ^0.2.3 ; [0.2.3, 0.3.0-0)
                    ^0.0.3 ; [0.0.3, 0.0.4-0)
                    ^0.0 ; [0.0.0, 0.1.0-0)
                    ^0 ; [0.0.0, 1.0.0-0)
                    ^5.0.0-beta.5 ; [5.0.0-beta.5, 6.0.0-0)
                    ~1.2.3 ; [1.2.3, 1.3.0-0)
                    ~1 ; [1.0.0, 2.0.0-0)
                    >=6.0.0 <6.2.0 ; [6.0.0, 6.2.0)
                    >= 6.0.0  < 6.2.0 ; [6.0.0, 6.2.0)
                    <=1.2 ; (, 1.3.0-0)
                    >1.2 ; [1.3.0-0, )
                    <3.11 || >= 4 <4.5 ; (, 3.11.0) [4.0.0, 4.5.0)
                    4.x || 6.x  || 8.x ; [4.0.0, 5.0.0-0) [6.0.0, 7.0.0-0) [8.0.0, 9.0.0-0)
                    1.2.3 - 2.3.4 ; [1.2.3, 2.3.4]
                    1.2 - 2.3 ; [1.2.0, 2.4.0-0)
                    <=v2.0.0-alpha7 ; (, 2.0.0-alpha7]
                    <0.0.0 ; (, 0.0.0)
                    """)
    void readsNpmRanges(String text, String expected) {
        assertThat(shown(Requirement.npm(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    >= 2.2.1 ; [2.2.1, )
                    > 0.16.0 ; (0.16.0, )
                    ~> 1.53.2 ; [1.53.2, 1.54.a)
                    ~> 2.0 ; [2.0, 3.a)
                    ~> 2 ; [2, 3.a)
                    ~> 7.0.8, >= 7.0.8.5 ; [7.0.8.5, 7.1.a)
                    ~> 3.2.0.rc1 ; [3.2.0.rc1, 3.3.a)
                    = 2.0.0-alpha ; [2.0.0-alpha, 2.0.0-alpha]
                    >= 1.6.0, < 1.6.2 ; [1.6.0, 1.6.2)
                    != 1.5 ; (, 1.5) (1.5, )
                    """)
    void readsGemRequirements(String text, String expected) {
        assertThat(shown(Requirement.gem(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    >= 0.9.1 ; [0.9.1, )
                    >=0.8.26, <1.0.0 ; [0.8.26, 1.0.0)
                    < 0.5.0, >= 0.4.3 ; [0.4.3, 0.5.0)
                    0.54.2 ; [0.54.2, 0.55.0-0)
                    ^ 0.30.2 ; [0.30.2, 0.31.0-0)
                    ^1.2 ; [1.2.0, 2.0.0-0)
                    =0.2.0 ; [0.2.0, 0.2.0]
                    < 0.12 ; (, 0.12.0)
                    > 0 ; (0.0.0, )
                    * ; (all)
                    """)
    void readsCargoRequirements(String text, String expected) {
        assertThat(shown(Requirement.cargo(text))).isEqualTo(expected);
    }

    @Test
    void leavesPreReleasesOfTheNextVersionOutOfImpliedBounds() {
        VersionSet caret = Requirement.npm("^1.2.3").orElseThrow();
        assertThat(caret.contains("1.99.0")).isTrue();
        assertThat(caret.contains("2.0.0-rc.1")).isFalse();
        VersionSet twiddle = Requirement.gem("~> 3.2.1").orElseThrow();
        assertThat(twiddle.contains("3.2.22.5")).isTrue();
        assertThat(twiddle.contains("3.3.0.beta1")).isFalse();
    }

    @Test
    void affectedIsWhatIsNeitherPatchedNorUnaffected() {
        VersionSet patched = Requirement.gem("~> 2.3.14")
                .orElseThrow()
                .union(Requirement.gem("~> 3.0.20").orElseThrow())
                .union(Requirement.gem(">= 3.1.12").orElseThrow());
        VersionSet unaffected = Requirement.gem("< 2.0").orElseThrow();
        AffectedVersions versions =
                AffectedVersions.patchedBy(patched.union(unaffected).complement(), patched);
        assertThat(shown(Optional.of(versions.versions()))).isEqualTo("[2.0, 2.3.14) [2.4.a, 3.0.20) [3.1.a, 3.1.12)");
        assertThat(versions.fixedIn()).containsExactly("2.3.14", "3.0.20", "3.1.12");
    }

    @Test
    void namesTheFirstPatchedVersionAboveAnInclusiveEnd() {
        VersionSet affected = Requirement.npm("<=2.15.0 || >= 3.0.0 <= 3.8.2").orElseThrow();
        VersionSet patched = Requirement.npm(">= 2.15.1 <= 2.99.0 || >= 3.8.3").orElseThrow();
        assertThat(AffectedVersions.patchedBy(affected, patched).fixedIn()).containsExactly("2.15.1", "3.8.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                ">= ",
                ">= >= 1",
                "<> 1",
                "~~1.0",
                "1.2.3 ||| 2",
                "99999999999999999999.x",
                "^1.2.3.4",
                "\u0000",
                "1 - - 2",
                ", ,",
            })
    void readsNothingThatIsNoNpmRange(String text) {
        assertThat(Requirement.npm(text)).isEmpty();
    }

    @Test
    void bearsHugeNumbersAndEndlessLists() {
        assertThat(Requirement.gem("~> " + "9".repeat(5_000))).isEmpty();
        assertThat(Requirement.gem("~> 999999999999999999.1")).isPresent();
        assertThat(Requirement.npm("^9223372036854775807.0.0")).isEmpty();
        assertThat(Requirement.npm("<1.0.0 || ".repeat(1_000_000) + "2.0.0")).isEmpty();
        assertThat(Requirement.gem("!= 1, ".repeat(1_000_000) + "> 0")).isEmpty();
        assertThat(Requirement.anyOf(Scheme.GEM, Collections.nCopies(1_000_000, "> 1"), Requirement::gem))
                .isEmpty();
        assertThat(Requirement.npm("<1.0.0 || ".repeat(300) + "2.0.0")).isPresent();
        assertThat(Requirement.plain(Scheme.MAVEN, ">= 1, ".repeat(300) + "< 2"))
                .isPresent();
    }

    static String shown(Optional<VersionSet> set) {
        if (set.isEmpty()) {
            return "(unreadable)";
        }
        StringBuilder shown = new StringBuilder();
        for (Range range : set.get().ranges()) {
            shown.append(shown.isEmpty() ? "" : " ");
            if (range.equals(Range.ALL)) {
                shown.append("(all)");
                continue;
            }
            shown.append(range.fromInclusive() && !range.from().isEmpty() ? '[' : '(')
                    .append(range.from())
                    .append(", ")
                    .append(range.to())
                    .append(range.toInclusive() ? ']' : ')');
        }
        return shown.toString();
    }

    @Test
    void algebraHoldsForRandomSets() {
        long seed = 7_919;
        System.out.println("seed " + seed);
        java.util.Random random = new java.util.Random(seed);
        for (int round = 0; round < 300; round++) {
            VersionSet a = random(random);
            VersionSet b = random(random);
            for (int minor = 0; minor < 12; minor++) {
                String version = "1." + minor + (minor % 3 == 0 ? ".0-rc.1" : ".0");
                assertThat(a.union(b).contains(version)).isEqualTo(a.contains(version) || b.contains(version));
                assertThat(a.intersect(b).contains(version)).isEqualTo(a.contains(version) && b.contains(version));
                assertThat(a.complement().contains(version)).isNotEqualTo(a.contains(version));
            }
            assertThat(a.complement().complement().ranges()).isEqualTo(a.ranges());
            assertThat(VersionSet.of(Scheme.NPM, a.ranges()).orElseThrow().ranges())
                    .isEqualTo(a.ranges());
        }
    }

    private static VersionSet random(java.util.Random random) {
        VersionSet set = VersionSet.none(Scheme.NPM);
        for (int i = random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(12);
            int to = random.nextInt(12);
            Range range = new Range(
                    from == 0 ? "" : "1." + from + ".0",
                    random.nextBoolean(),
                    to == 0 ? "" : "1." + to + ".0",
                    random.nextBoolean());
            set = set.union(VersionSet.of(Scheme.NPM, List.of(range)).orElseThrow());
        }
        return set;
    }
}
