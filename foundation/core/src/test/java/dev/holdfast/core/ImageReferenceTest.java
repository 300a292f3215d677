package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx:latest",
        "nginx:1.25, docker.io/library/nginx:1.25",
        "team/shop:1.4, docker.io/team/shop:1.4",
        "index.docker.io/nginx, docker.io/library/nginx:latest",
        "ghcr.io/team/shop, ghcr.io/team/shop:latest",
        "localhost/shop, localhost/shop:latest",
        "localhost:5000/shop:1, localhost:5000/shop:1",
        "127.0.0.1:5000/a/b/c:v1.2-rc_3, 127.0.0.1:5000/a/b/c:v1.2-rc_3",
        "'[::1]:5000/shop', '[::1]:5000/shop:latest'",
        "registry.example/a__b/c-.d, ",
        "registry.example/a__b/c--d, registry.example/a__b/c--d:latest",
    })
    void namesAreReadAsDockerReadsThem(String given, String whole) {
        assertThat(ImageReference.parse(given).map(ImageReference::toString).orElse(null))
                .isEqualTo(whole);
    }

    @Test
    void theDigestCountsBesideATag() {
        ImageReference both = ImageReference.parse("shop:1.4@" + DIGEST).orElseThrow();

        assertThat(both.version()).isEqualTo(DIGEST);
        assertThat(both).hasToString("docker.io/library/shop:1.4@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "/",
                "Nginx",
                "nginx:",
                "nginx:a b",
                "nginx@sha256:ab",
                "a//b",
                "-a",
                "a-",
                "host.example:port/a",
                "host.example/",
                "nginx:\r\nHost: other",
                "https://ghcr.io/team/shop",
                "../../etc/passwd",
            })
    void whatIsNoNameIsRefused(String given) {
        assertThat(ImageReference.parse(given)).isEmpty();
    }

    @Test
    void longerNamesThanRegistriesTakeAreRefused() {
        assertThat(ImageReference.parse("host.example/" + "a".repeat(255))).isPresent();
        assertThat(ImageReference.parse("host.example/" + "a".repeat(256))).isEmpty();
        assertThat(ImageReference.parse("a:" + "t".repeat(129))).isEmpty();
    }
}
