package dev.holdfast.sensor.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "192.0.2.7, 192.0.2.7/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:db8::/32, 2001:db8::/32",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1/128",
        "::/0, ::/0",
        "::1, ::1/128",
        "fe80::/10, fe80::/10"
    })
    void readsAndWrites(String given, String written) throws InputException {
        assertThat(AddressPrefix.parse(given)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10",
                "10.1",
                "10.0.0.0.1",
                "256.0.0.1",
                "example.com",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0/",
                "::/129",
                "fe80::1%eth0",
                "::ffff:10.0.0.1",
                "1:2",
                "10.0.0.1/8",
                "2001:db8::1/32"
            })
    void refusesWhatIsNoPrefix(String given) {
        assertThatThrownBy(() -> AddressPrefix.parse(given)).isInstanceOf(InputException.class);
    }

    @Test
    void saysWhatWasMeantWithBitsBehind() {
        assertThatThrownBy(() -> AddressPrefix.parse("10.1.2.3/8"))
                .hasMessageContaining("10.0.0.0/8 is what begins so");
    }

    @Test
    void isTheSameBackFromTheKernelsKey() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] address = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(address);
            AddressPrefix prefix = new AddressPrefix(HexFormat.of().formatHex(address), 8 * address.length);
            assertThat(AddressPrefix.ofKey(prefix.key())).as("seed %d", seed).isEqualTo(prefix);
            boolean isMapped = InetAddress.getByAddress(address).getAddress().length != address.length;
            if (!isMapped) {
                assertThat(AddressPrefix.parse(prefix.toString()))
                        .as("seed %d", seed)
                        .isEqualTo(prefix);
            }
        }
    }
}
