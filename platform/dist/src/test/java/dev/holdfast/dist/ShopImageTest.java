package dev.holdfast.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code examples/shop.tar} is what its generator makes. {@code -Dholdfast.examples.write=true} writes it anew. */
class ShopImageTest {
    private static final Path SHOP = Path.of(System.getProperty("holdfast.root", "../.."), "examples", "shop.tar");

    @Test
    void theExampleInTheTreeIsWhatTheGeneratorMakes() throws Exception {
        byte[] bytes = ShopImage.bytes();
        if (Boolean.getBoolean("holdfast.examples.write")) {
            Files.write(SHOP, bytes);
        }

        assertThat(Files.readAllBytes(SHOP)).isEqualTo(bytes);
    }

    @Test
    void isSmall() throws Exception {
        assertThat(ShopImage.bytes().length).isLessThan(300_000);
    }
}
