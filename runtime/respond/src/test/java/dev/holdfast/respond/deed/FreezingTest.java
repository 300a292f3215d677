package dev.holdfast.respond.deed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.respond.deed.Deed.Done;
import dev.holdfast.respond.deed.Deed.Force;
import dev.holdfast.respond.group.Target.Hierarchy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The freezers of both versions, in real groups. */
class FreezingTest {
    /** Longer than the counting process needs for a step, however busy the machine is that runs it. */
    private static final long WHILE = 300;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Hierarchy.class)
    void standsStillAndGoesOn(Hierarchy hierarchy) throws Exception {
        try (RealGroup group = RealGroup.in(hierarchy, "freezes")) {
            Path inner = Files.createDirectory(group.folder().resolve("inner"));
            Path count = Files.createFile(folder.resolve("count"));
            group.startIn(inner, "/bin/sh", "-c", "while :; do echo >>" + count + "; sleep 0.01; done");
            grows(count);
            Freezing freezing = new Freezing(group.folder(), hierarchy);
            assertThat(freezing.force("")).isEqualTo(Force.NOT);
            Done done = freezing.carryOut();
            assertThat(done.isSeen()).isTrue();
            assertThat(done.sentence()).startsWith("frozen: ");
            assertThat(freezing.force("")).isEqualTo(Force.WHOLE);
            assertThat(new Freezing(inner, hierarchy).force("")).isEqualTo(Force.NOT); // by the one above
            long before = Files.size(count);
            Thread.sleep(WHILE);
            assertThat(Files.size(count)).isEqualTo(before);
            freezing.takeBack("");
            assertThat(freezing.force("")).isEqualTo(Force.NOT);
            grows(count);
        }
    }

    private static void grows(Path count) throws Exception {
        long before = Files.size(count);
        for (int i = 0; i < 1_000 && Files.size(count) == before; i++) {
            Thread.sleep(10);
        }
        assertThat(Files.size(count)).isGreaterThan(before);
    }
}
