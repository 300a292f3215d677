package dev.holdfast.advisory.feed.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Samples;
import dev.holdfast.advisory.feed.Statements;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebianSamplesTest {
    @Test
    void statesABulletinUnderEveryFlawItBundles() throws Exception {
        Collected facts = Collected.from(new DebianBulletins(), "DSA/list", """
                [11 Jul 2019] DSA-4480-1 redis - security update
                \t{CVE-2019-10192 CVE-2019-10193}
                \t[stretch] - redis 3:3.2.6-3+deb9u3
                \t[buster] - redis <not-affected> (Vulnerable code not present)
                """);
        assertThat(facts.advisories)
                .containsExactly(new Advisory(
                        "DSA-4480-1",
                        Kind.VULNERABILITY,
                        List.of(),
                        List.of("CVE-2019-10192", "CVE-2019-10193"),
                        "2019-07-11",
                        "",
                        false,
                        List.of(),
                        List.of()));
        assertThat(facts.statements)
                .containsExactly(
                        about("CVE-2019-10192", "debian:9", "redis", "").fixedIn("3:3.2.6-3+deb9u3"),
                        about("CVE-2019-10193", "debian:9", "redis", "").fixedIn("3:3.2.6-3+deb9u3"),
                        about("CVE-2019-10192", "debian:10", "redis", "").notAffected(),
                        about("CVE-2019-10193", "debian:10", "redis", "").notAffected());
        assertThat(facts.dropped).isEmpty();
    }

    @Test
    void takesARegressionUpdateForANotice() throws Exception {
        Collected facts = Samples.read(new DebianBulletins(), "debian/test-fixtures/input/DSA");
        assertThat(facts.advisories).hasSize(10);
        assertThat(facts.advisories)
                .filteredOn(it -> it.kind() == Kind.NOTICE)
                .singleElement()
                .satisfies(it -> assertThat(it.id()).isEqualTo("DSA-2808-2"));
        assertThat(facts.statements)
                .contains(about("DSA-2808-2", "debian:7", "openjpeg", "").fixedIn("1.3+dfsg-4.8"))
                .contains(about("DSA-4323-1", "debian:9", "drupal7", "").fixedIn("7.52-2+deb9u5"));
    }

    @Test
    void readsBothWaysOfWritingADay() {
        assertThat(DebianBulletins.day("29 Mar 2023")).isEqualTo("2023-03-29");
        assertThat(DebianBulletins.day("August 26th, 2005")).isEqualTo("2005-08-26");
        assertThat(DebianBulletins.day("yesterday")).isEmpty();
        assertThat(DebianBulletins.day("99 Xyz 2023")).isEmpty();
    }

    @Test
    void boundsTheNotesOfAReleaseByTheFixInUnstable() throws Exception {
        Collected facts = Samples.read(new DebianCveList(), "happy/data/CVE/list");
        assertThat(facts.dropped).isEmpty();
        assertThat(facts.statements)
                .contains(
                        about("CVE-2021-36367", "debian:sid", "putty", "low").fixedIn("0.75-3"),
                        about("CVE-2021-36367", "debian:11", "putty", "low").below(Status.DEFERRED, "0.75-3"),
                        about("CVE-2021-36367", "debian:12", "putty", "low").below(Status.UNFIXED, "0.75-3"),
                        about("CVE-2021-36373", "debian:12", "ant", "unimportant")
                                .ofEvery(Status.UNFIXED),
                        about("CVE-2021-36373", "debian:sid", "ant", "unimportant")
                                .ofEvery(Status.UNFIXED));
        assertThat(facts.statements)
                .filteredOn(
                        it -> it.packageName().equals("foot") && it.namespace().equals("debian:12"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.advisory()).matches("TEMP-1053115-[0-9A-F]{6}");
                    assertThat(it.fixedIn()).containsExactly("1.13.1-2+deb12u1");
                });
    }

    @Test
    void concludesNothingForStableWhereABulletinFixedIt() throws Exception {
        Collected facts = Collected.from(new DebianCveList(), "CVE/list", """
                CVE-2023-1393 (A flaw was found in X.Org ...)
                \t{DSA-5380-1 DLA-3373-1}
                \t- xorg-server 2:21.1.7-2
                \t[bookworm] - xorg-server <end-of-life>
                \t- tigervnc <itp> (bug #1)
                CVE-2023-9999
                \tREJECTED
                CVE-2023-9998 [flaw without number]
                \tRESERVED
                \t- removed-one <removed>
                """);
        assertThat(facts.statements)
                .filteredOn(it -> it.advisory().equals("CVE-2023-1393"))
                .containsExactlyInAnyOrder(
                        about("CVE-2023-1393", "debian:sid", "xorg-server", "").fixedIn("2:21.1.7-2"),
                        about("CVE-2023-1393", "debian:14", "xorg-server", "").fixedIn("2:21.1.7-2"),
                        about("CVE-2023-1393", "debian:12", "xorg-server", "").below(Status.END_OF_LIFE, "2:21.1.7-2"));
        assertThat(facts.advisories)
                .singleElement()
                .satisfies(it -> assertThat(it.withdrawn()).isTrue());
        assertThat(facts.statements)
                .filteredOn(it -> it.packageName().equals("removed-one"))
                .allMatch(it -> it.status() == Status.UNFIXED && !it.namespace().equals("debian:sid"))
                .hasSize(6);
    }

    @Test
    void readsTheStatesOfTheTrackersJson() throws Exception {
        Collected facts = Collected.from(new DebianTracker("debian-tracker", ""), "data.json", """
                {"curl": {"CVE-2024-1": {"scope": "remote", "releases": {
                   "bookworm": {"status": "resolved", "fixed_version": "7.88.1-10+deb12u5", "urgency": "medium**"},
                   "bullseye": {"status": "open", "urgency": "not yet assigned", "nodsa": "Minor", "nodsa_reason": ""},
                   "buster": {"status": "open", "urgency": "low", "nodsa": "Minor", "nodsa_reason": "ignored"},
                   "stretch": {"status": "open", "urgency": "end-of-life"},
                   "trixie": {"status": "resolved", "fixed_version": "0", "urgency": "unimportant"},
                   "sid": {"status": "undetermined", "urgency": "not yet assigned"},
                   "zurg": {"status": "open"},
                   "forky": {"status": "resolved"}}}}}
                """);
        assertThat(facts.statements)
                .containsExactly(
                        about("CVE-2024-1", "debian:12", "curl", "medium").fixedIn("7.88.1-10+deb12u5"),
                        about("CVE-2024-1", "debian:11", "curl", "").ofEvery(Status.DEFERRED),
                        about("CVE-2024-1", "debian:10", "curl", "low").ofEvery(Status.WILL_NOT_FIX),
                        about("CVE-2024-1", "debian:9", "curl", "").ofEvery(Status.END_OF_LIFE),
                        about("CVE-2024-1", "debian:13", "curl", "unimportant").notAffected(),
                        about("CVE-2024-1", "debian:sid", "curl", "").ofEvery(Status.UNDER_INVESTIGATION));
        assertThat(facts.dropped).hasSize(2);
    }

    @Test
    void takesFixedVersionZeroForNeverAffected() throws Exception {
        Collected facts =
                Samples.read(new DebianTracker("debian-tracker", ""), "debian/test-fixtures/input/debian.json");
        assertThat(facts.statements)
                .contains(about("CVE-2007-2383", "debian:10", "prototypejs", "unimportant")
                        .notAffected());
    }

    private static Statements about(String flaw, String namespace, String packageName, String rating) {
        return Statements.of(flaw, namespace, packageName, rating);
    }
}
