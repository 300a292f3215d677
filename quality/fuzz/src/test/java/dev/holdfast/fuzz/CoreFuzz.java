package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.json.Json;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The shared words: JSON, package URLs, text that is safe to print. */
class CoreFuzz {
    @MethodSource("documents")
    @FuzzTest
    void json(byte[] bytes) {
        Hostile.feedTo(() -> Json.parse(bytes, Hostile.LIMITS));
        Hostile.feedTo(
                () -> Json.stream(new ByteArrayInputStream(bytes), Hostile.LIMITS, List.of("a"), (name, value) -> {}));
    }

    @MethodSource("packageUrls")
    @FuzzTest
    void packageUrl(byte[] bytes) {
        PackageUrl.parse(new String(bytes, UTF_8)).ifPresent(once -> {
            if (!PackageUrl.parse(once.toString()).filter(once::equals).isPresent()) {
                throw new AssertionError(once + " does not read back as itself");
            }
        });
    }

    @MethodSource("texts")
    @FuzzTest
    void safeTextHoldsNoControls(byte[] bytes) {
        String text = SafeText.of(new String(bytes, UTF_8));
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new AssertionError("a control character came through");
            }
        }
    }

    static Stream<byte[]> documents() {
        return Stream.of("{\"a\":[1,-2.5e3,true,null,\"\\u00e9\"],\"b\":{}}", "[]", "\ufeff{\"a\":{\"a\":\"x\"}}")
                .map(text -> text.getBytes(UTF_8));
    }

    static Stream<byte[]> packageUrls() {
        return Stream.of(
                        "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie",
                        "pkg:npm/%40angular/animation@12.3.1",
                        "pkg:golang/google.golang.org/genproto#googleapis/api/annotations",
                        "pkg:maven/org.apache/a@1?repository_url=https%3A%2F%2Fx")
                .map(text -> text.getBytes(UTF_8));
    }

    static Stream<byte[]> texts() {
        return Stream.of("plain", "\u001b[31mred\u0007\r\n", "\u202eright to left")
                .map(text -> text.getBytes(UTF_8));
    }
}
