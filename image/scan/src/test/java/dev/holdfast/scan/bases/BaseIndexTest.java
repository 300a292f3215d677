package dev.holdfast.scan.bases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.oci.Layer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseIndexTest {
    private static Digest digest(String content) {
        return Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
    }

    private static BaseImage base(String name, String... layers) {
        List<Digest> digests = new ArrayList<>();
        for (String layer : layers) {
            digests.add(digest(layer));
        }
        return new BaseImage(name, Optional.of("team of " + name), digests);
    }

    private static List<Layer> image(String... layers) {
        List<Layer> image = new ArrayList<>();
        for (String layer : layers) {
            image.add(new Layer(image.size(), Optional.of(digest(layer)), ""));
        }
        return image;
    }

    private final BaseIndex index = BaseIndex.EMPTY
            .with(base("debian:12", "a"))
            .with(base("golden:1", "a", "b"))
            .with(base("golden:2", "a", "c"));

    @Test
    void theLongestBeginningIsTheBase() {
        assertThat(index.under(image("a", "b", "x")).map(BaseImage::name)).contains("golden:1");
        assertThat(index.under(image("a", "x")).map(BaseImage::name)).contains("debian:12");
        assertThat(index.under(image("x", "a", "b"))).isEmpty();
    }

    @Test
    void anImageIsNotItsOwnBase() {
        assertThat(index.under(image("a", "b")).map(BaseImage::name)).contains("debian:12");
        assertThat(index.under(image("a"))).isEmpty();
    }

    @Test
    void documentKeepsEverything() throws Exception {
        BaseIndex read = BaseIndex.parse(index.toDocument());

        assertThat(read.all()).isEqualTo(index.all());
        assertThat(read.without("golden:1").all()).extracting(BaseImage::name).containsExactly("debian:12", "golden:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"schema\":\"holdfast-bases/2\"}",
                "{\"schema\":\"holdfast-bases/1\",\"bases\":[{\"name\":\"a\",\"layers\":[\"x\"]}]}",
                "{\"schema\":\"holdfast-bases/1\",\"bases\":[{\"name\":\"a\",\"layers\":[]}]}",
                "{\"schema\":\"holdfast-bases/1\",\"bases\":[{\"layers\":[]}]}"
            })
    void documentThatIsNoneIsRefused(String document) {
        assertThatThrownBy(() -> BaseIndex.parse(document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InputException.class);
    }
}
