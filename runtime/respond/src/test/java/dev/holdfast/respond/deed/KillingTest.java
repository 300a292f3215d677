package dev.holdfast.respond.deed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.respond.deed.Deed.Force;
import dev.holdfast.respond.group.Members;
import dev.holdfast.respond.group.Target.Hierarchy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killing as on kernels without {@code cgroup.kill}, in real groups of both versions. */
class KillingTest {
    /** Forks a process that stays, every 2 ms, from one that is gone by then. */
    private static final String SPREADS =
            "$SIG{CHLD} = 'IGNORE'; for (1 .. 3000) { if (!fork) { exit if fork; sleep 60; exit } select undef, undef, undef, 0.002 }";

    /** Is another process every half a millisecond: its number is old when it has been read. */
    private static final String HOPS =
            "$SIG{CHLD} = 'IGNORE'; for (1 .. 60000) { exit if fork; select undef, undef, undef, 0.0005 }";

    /** Sixty that sleep, and behind them one that waits for the death of the first. */
    private static final String WATCHES =
            "my $p = $$; for (1 .. 60) { if (!fork) { sleep 60; exit } } if (!fork) { select undef, undef, undef, 0.0002 while getppid == $p;"
                    + " open my $f, '>', 'SEEN'; exit } sleep 60";

    @TempDir
    Path folder;

    private static void needsPerl() {
        assumeTrue(Files.exists(Path.of("/usr/bin/perl")), "perl is not here, which forks for us");
    }

    private static Killing killing(RealGroup group) {
        return new Killing(group.folder(), group.hierarchy(), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(Hierarchy.class)
    void nothingForksPastIt(Hierarchy hierarchy) throws Exception {
        needsPerl();
        try (RealGroup group = RealGroup.in(hierarchy, "spreads")) {
            group.start("/usr/bin/perl", "-e", SPREADS);
            group.awaitProcesses(50);
            assertThat(killing(group).killEach()).isEmpty();
            Thread.sleep(50);
            assertThat(Members.numbers(group.folder())).isEmpty();
            assertThat(killing(group).force("")).isEqualTo(Force.WHOLE);
        }
    }

    @ParameterizedTest
    @EnumSource(Hierarchy.class)
    void killsWhatIsAnotherProcessEachTimeItIsLookedAt(Hierarchy hierarchy) throws Exception {
        needsPerl();
        try (RealGroup group = RealGroup.in(hierarchy, "hops")) {
            Process first = group.start("/usr/bin/perl", "-e", HOPS);
            first.waitFor();
            assertThat(killing(group).force("")).isEqualTo(Force.NOT);
            assertThat(killing(group).killEach()).isEmpty();
            Thread.sleep(50);
            assertThat(Members.numbers(group.folder())).isEmpty();
        }
    }

    /** Were they killed running, the last one would see the first one die, and could do something about it. */
    @ParameterizedTest
    @EnumSource(Hierarchy.class)
    void noneOfThemSeesAnotherDie(Hierarchy hierarchy) throws Exception {
        needsPerl();
        Path seen = folder.resolve("seen");
        try (RealGroup group = RealGroup.in(hierarchy, "watches")) {
            group.start("/usr/bin/perl", "-e", WATCHES.replace("SEEN", seen.toString()));
            group.awaitProcesses(62);
            assertThat(killing(group).killEach()).isEmpty();
        }
        assertThat(seen).doesNotExist();
    }

    /** Groups below, processes in a namespace of their own, and what had been frozen before. */
    @ParameterizedTest
    @EnumSource(Hierarchy.class)
    void killsFrozenOnesInGroupsBelowAndOtherNamespaces(Hierarchy hierarchy) throws Exception {
        try (RealGroup group = RealGroup.in(hierarchy, "below")) {
            Path inner = Files.createDirectory(group.folder().resolve("inner"));
            group.startIn(inner, "unshare", "--pid", "--fork", "sleep", "60");
            group.awaitProcesses(2);
            assertThat(new Freezing(group.folder(), hierarchy).carryOut().isSeen())
                    .isTrue();
            assertThat(killing(group).killEach()).isEmpty();
            assertThat(Members.numbers(group.folder())).isEmpty();
        }
    }
}
