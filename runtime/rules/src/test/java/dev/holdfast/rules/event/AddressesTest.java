package dev.holdfast.rules.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "255.255.255.255, 255.255.255.255",
        "0.0.0.0, 0.0.0.0",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:db8::1, 2001:db8::1",
        "2001:0db8:0:0:0:0:0:1, 2001:db8::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:0:3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "fe80::1:0:0:2, fe80::1:0:0:2",
        "::ffff:10.0.0.1, ::ffff:10.0.0.1",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304"
    })
    void readsAndPrints(String given, String printed) {
        Value value = new Value();
        assertThat(Addresses.read(given, value)).isTrue();
        assertThat(value).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "1.2.3.4 ",
                "a.b.c.d",
                ":",
                ":::",
                "1:",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3",
                "g::",
                "1:2:3:4:5:6:7",
                "1.2.3.4:80"
            })
    void refusesWhatIsNoAddress(String text) {
        Value value = new Value();
        assertThat(Addresses.read(text, value)).isFalse();
        assertThat(value.isAbsent()).isTrue();
    }
}
