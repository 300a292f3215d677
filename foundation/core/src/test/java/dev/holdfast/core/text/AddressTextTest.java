package dev.holdfast.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressTextTest {
    @Test
    void fourNumbersWithDots() {
        assertThat(AddressText.ipv4(0)).isEqualTo("0.0.0.0");
        assertThat(AddressText.ipv4(0xC0A8_01FE)).isEqualTo("192.168.1.254");
    }

    /** The examples of RFC 5952. */
    @Test
    void theLongestRunOfZerosIsLeftOut() {
        assertThat(AddressText.ipv6(0x2001_0db8_0000_0000L, 0x0000_0000_0002_0001L))
                .isEqualTo("2001:db8::2:1");
        assertThat(AddressText.ipv6(0x2001_0db8_0000_0001L, 0x0001_0001_0001_0001L))
                .as("4.2.2: a single group of zeros is written")
                .isEqualTo("2001:db8:0:1:1:1:1:1");
        assertThat(AddressText.ipv6(0x2001_0000_0000_0001L, 0x0000_0000_0000_0001L))
                .as("4.2.3: the longer run")
                .isEqualTo("2001:0:0:1::1");
        assertThat(AddressText.ipv6(0x2001_0db8_0000_0000L, 0x0001_0000_0000_0001L))
                .as("4.2.3: the first of two that are as long")
                .isEqualTo("2001:db8::1:0:0:1");
    }

    @Test
    void runsAtTheEndsAndNothingButZeros() {
        assertThat(AddressText.ipv6(0, 0)).isEqualTo("::");
        assertThat(AddressText.ipv6(0, 1)).isEqualTo("::1");
        assertThat(AddressText.ipv6(0xfe80_0000_0000_0000L, 0)).isEqualTo("fe80::");
        assertThat(AddressText.ipv6(-1, -1)).isEqualTo("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    }

    @Test
    void addressOfIpv4InItHasDots() {
        assertThat(AddressText.ipv6(0, 0xffff_0a00_0001L)).isEqualTo("::ffff:10.0.0.1");
    }

    @Test
    void theJdkReadsBackWhatIsWritten() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            long mask = random.nextLong();
            long high = random.nextLong() & mask & (random.nextBoolean() ? -1 : 0xffff_0000_0000_ffffL);
            long low = random.nextLong() & mask & (random.nextBoolean() ? -1 : 0xffffL);
            byte[] bytes = ByteBuffer.allocate(16)
                    .putLong(0x2000_0000_0000_0000L | high)
                    .putLong(low)
                    .array();
            String text = AddressText.ipv6(0x2000_0000_0000_0000L | high, low);
            assertThat(InetAddress.getByName(text).getAddress())
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(bytes);
        }
    }
}
