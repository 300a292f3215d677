package dev.holdfast.watch.scap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Captures that Falco's own tests used, of five format versions. The facts were read out of them by hand. */
class CorpusCapturesTest {
    private static byte[] capture(String name) throws IOException {
        Path file = Path.of(System.getProperty("holdfast.shared", "absent"), "oracles/falco/trace_files", name);
        assumeTrue(Files.exists(file), "the shared corpus is not here");
        return Files.readAllBytes(file);
    }

    @Test
    void readsAShellThatRunsCat() throws Exception {
        List<List<String>> events = CaptureBuilder.read(
                capture("cat_write.scap"), false, "proc.cmdline", "proc.pname", "fd.name", "evt.arg.flags");
        assertThat(events).contains(List.of("open", "cat /dev/null", "bash", "/dev/null", "O_RDONLY"));
        assertThat(events).filteredOn(event -> event.getFirst().equals("open")).hasSize(4);
        assertThat(events.getFirst()).startsWith("execve", "cat /dev/null", "bash");
    }

    @Test
    void readsAScriptThatOpensManyFiles() throws Exception {
        List<List<String>> events = CaptureBuilder.read(
                capture("open-multiple-files.scap"), false, "user.name", "container.image", "fd.name");
        assertThat(events)
                .filteredOn(event -> event.getFirst().equals("open"))
                .hasSize(13)
                .first()
                .isEqualTo(List.of("open", "mstemm", "<NA>", "/tmp/file-1"));
        assertThat(events).contains(List.of("container", "<NA>", "node:latest", "<NA>"));
    }

    @Test
    void readsSocketsOfAPing() throws Exception {
        List<List<String>> events =
                CaptureBuilder.read(capture("ping_sendto.scap"), false, "fd.name", "fd.rip", "fd.typechar");
        assertThat(events).hasSize(10).containsOnly(List.of("sendmsg", "0.0.0.0:1->128.32.41.1:0", "128.32.41.1", "4"));
    }

    @Test
    void readsCallsByTheirNumbers() throws Exception {
        assertThat(CaptureBuilder.read(capture("syscall.scap"), false, "fd.name"))
                .filteredOn(event -> event.getFirst().equals("madvise"))
                .hasSize(2);
    }

    @Test
    void readsACaptureWithoutCalls() throws Exception {
        assertThat(CaptureBuilder.read(capture("empty.scap"), true)).isEmpty();
    }
}
