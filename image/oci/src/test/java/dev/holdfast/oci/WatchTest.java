package dev.holdfast.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who watches a target being read sees the content of every file, once. */
class WatchTest {
    @TempDir
    Path root;

    @Test
    void seesEveryFileOfARootFileSystemWhole() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/os-release"), "ID=debian\n");
        Files.writeString(root.resolve("etc/empty"), "");
        Files.writeString(root.resolve("large"), "x".repeat(300_000));
        Files.createSymbolicLink(root.resolve("link"), Path.of("large"));

        assertThat(seen())
                .containsExactlyInAnyOrder(
                        "/etc/empty 0 ", "/etc/os-release 10 ID=debian", "/large 300000 " + "x".repeat(9));
    }

    private List<String> seen() throws Exception {
        List<String> seen = new ArrayList<>();
        TargetRequest request =
                new TargetRequest(root.toString(), root, Optional.of(TargetKind.ROOT_FILE_SYSTEM), Optional.empty());
        for (Target target : Targets.open(request, Limits.DEFAULT)) {
            target.read((path, header) -> Want.NOTHING, layer -> new Recorder(seen), new Gaps());
            target.close();
        }
        return seen;
    }

    private static final class Recorder implements Watch.LayerWatch {
        private final List<String> seen;
        private String path = "";
        private final StringBuilder content = new StringBuilder();

        Recorder(List<String> seen) {
            this.seen = seen;
        }

        @Override
        public void begin(String next, FileHeader header) {
            path = next;
            content.setLength(0);
        }

        @Override
        public void content(byte[] bytes, int offset, int length) {
            content.append(new String(bytes, offset, length, UTF_8));
        }

        @Override
        public void end() {
            String head = content.substring(0, Math.min(9, content.length()));
            seen.add(path + " " + content.length() + " " + head);
        }
    }
}
