package dev.holdfast.advisory.feed.ubuntu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Samples;
import dev.holdfast.advisory.feed.Statements;
import java.util.List;
import org.junit.jupiter.api.Test;

class UbuntuSamplesTest {
    @Test
    void readsAFileOfTheTracker() throws Exception {
        Collected facts = Samples.read(new UbuntuTracker(), "ubuntu/testdata/include_pending");
        assertThat(facts.advisories).singleElement().satisfies(it -> {
            assertThat(it.id()).isEqualTo("CVE-2020-0009");
            assertThat(it.published()).isEqualTo("2020-01-08");
            assertThat(it.ratings())
                    .containsExactly(
                            new Rating("ubuntu", "", "low"),
                            new Rating("nvd", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:H/A:N", ""));
        });
        assertThat(facts.statements)
                .containsExactly(
                        about("CVE-2020-0009", "16.04", "linux-oem", "low").ofEvery(Status.END_OF_LIFE),
                        about("CVE-2020-0009", "18.04", "linux-oem", "low").fixedIn("4.15.0-1080.90"),
                        about("CVE-2020-0009", "19.10", "linux-oem", "low").below(Status.UNFIXED, "4.15.0-1087.97"));
    }

    @Test
    void readsFilesThatAreWrittenSloppily() throws Exception {
        assertThat(Samples.read(new UbuntuTracker(), "testdata/no_space_before_status").statements)
                .contains(about("CVE-2019-15903", "14.04", "vnc4", "medium").ofEvery(Status.UNFIXED));
        assertThat(Samples.read(new UbuntuTracker(), "testdata/empty_status_upstream").statements)
                .contains(about("CVE-2007-0255", "16.04", "xine-ui", "").ofEvery(Status.UNFIXED));
        assertThat(Samples.read(new UbuntuTracker(), "testdata/line_break_between_patches").statements)
                .contains(about("CVE-2017-7702", "18.04", "wireshark", "medium").fixedIn("2.6.3-1~ubuntu18.04.1"));
        assertThat(Samples.read(new UbuntuTracker(), "testdata/blank_lines_in_description").statements)
                .containsExactly(
                        about("CVE-2017-5192", "14.04", "salt", "medium").ofEvery(Status.END_OF_LIFE));
    }

    @Test
    void keepsFixesThatNeedASubscriptionApart() throws Exception {
        Collected facts = Samples.read(new UbuntuOsv(), "UBUNTU-CVE-2014-9913.json");
        assertThat(facts.statements)
                .containsExactly(
                        in("esm", "CVE-2014-9913", "14.04", "unzip", "negligible")
                                .fixedIn("6.0-9ubuntu1.6"),
                        about("CVE-2014-9913", "16.04", "unzip", "negligible").fixedIn("6.0-20ubuntu1.1"));
        assertThat(Samples.read(new UbuntuOsv(), "UBUNTU-CVE-2022-24823.json").statements)
                .contains(
                        in("esm-infra-legacy", "CVE-2022-24823", "14.04", "netty", "low")
                                .ofEvery(Status.UNFIXED),
                        in("esm-apps", "CVE-2022-24823", "22.04", "netty", "low")
                                .fixedIn("1:4.1.48-4+deb11u2ubuntu0.1~esm1"),
                        about("CVE-2022-24823", "25.10", "netty", "low").ofEvery(Status.UNFIXED));
    }

    @Test
    void takesBackWhatCanonicalWithdrew() throws Exception {
        Collected facts = Samples.read(new UbuntuOsv(), "UBUNTU-CVE-2013-2208.json");
        assertThat(facts.statements).isEmpty();
        assertThat(facts.advisories).singleElement().satisfies(it -> {
            assertThat(it.id()).isEqualTo("UBUNTU-CVE-2013-2208");
            assertThat(it.withdrawn()).isTrue();
        });
    }

    @Test
    void statesANoticeUnderItsFlaws() throws Exception {
        Collected facts = Samples.read(new UbuntuOsv(), "USN-5614-1.json");
        assertThat(facts.advisories).singleElement().satisfies(it -> {
            assertThat(it.id()).isEqualTo("USN-5614-1");
            assertThat(it.bundled()).containsExactly("CVE-2021-3782");
        });
        assertThat(facts.statements)
                .contains(about("CVE-2021-3782", "18.04", "wayland", "medium").fixedIn("1.16.0-1ubuntu1.1~18.04.4"));
    }

    @Test
    void readsWhatVexSaysOfSources() throws Exception {
        Collected facts = Samples.read(new UbuntuVex(), "vex/cve/2023/CVE-2023-38545.json");
        Range since = new Range("7.81.0-1ubuntu1.24", true, "", false);
        assertThat(facts.statements)
                .hasSize(7)
                .contains(
                        about("CVE-2023-38545", "22.04", "curl", "")
                                .statement(Status.NOT_AFFECTED, List.of(since), List.of()),
                        in("esm-infra", "CVE-2023-38545", "20.04", "curl", "").notAffected(),
                        // out of standard support, and cleared by what its pocket says of the same source
                        about("CVE-2023-38545", "16.04", "curl", "").notAffected());
        assertThat(facts.days).containsExactly("2026-05-20");
    }

    private static Statements about(String flaw, String release, String packageName, String rating) {
        return Statements.of(flaw, "ubuntu:" + release, packageName, rating);
    }

    private static Statements in(String pocket, String flaw, String release, String packageName, String rating) {
        return new Statements(flaw, "ubuntu:" + release, packageName, new Qualifiers("", List.of(), pocket), rating);
    }
}
