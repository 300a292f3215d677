package dev.holdfast.comply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class EvidenceBundleTest {
    private static byte[] bundle() throws IOException {
        EvidenceBundle bundle = new EvidenceBundle(List.of(
                new Assessment.Input("pod.yaml", "sha256:" + "a".repeat(64)),
                new Assessment.Input("odd\nname\\", "sha256:" + "b".repeat(64)),
                new Assessment.Input("host:/", "")));
        bundle.add("assessment.json", "{}\n".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bundle.write(out);
        return out.toByteArray();
    }

    private static Map<String, byte[]> parts(byte[] archive) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        return parts;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void everyPartHasItsSum() throws Exception {
        Map<String, byte[]> parts = parts(bundle());
        byte[] sums = parts.remove("SHA256SUMS");
        StringBuilder expected = new StringBuilder();
        parts.forEach((name, content) ->
                expected.append(Digest.sha256(content).toString().substring("sha256:".length()) + "  " + name + "\n"));
        assertThat(parts.keySet()).containsExactly("README.txt", "INPUTS.sha256", "assessment.json");
        assertThat(sums).isEqualTo(expected.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void inputsAreNamedAsSha256sumNamesThem() throws Exception {
        byte[] inputs = parts(bundle()).getOrDefault("INPUTS.sha256", new byte[0]);
        assertThat(text(inputs)).isEqualTo("a".repeat(64) + "  pod.yaml\n\\" + "b".repeat(64) + "  odd\\nname\\\\\n");
    }

    @Test
    void theSameEvidenceGivesTheSameBytes() throws Exception {
        assertThat(bundle()).isEqualTo(bundle());
    }
}
