package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlingTest {
    private final Settling<String> file = new Settling<>("old");

    @Test
    void takesWhatIsTheSameAtTwoLooks() {
        assertThat(file.settlesOn("old")).isFalse();
        assertThat(file.isChanging()).isFalse();
        assertThat(file.settlesOn("ne")).isFalse();
        assertThat(file.isChanging()).isTrue();
        assertThat(file.settlesOn("new")).isFalse();
        assertThat(file.settlesOn("new")).isTrue();
        assertThat(file.isChanging()).isFalse();
        assertThat(file.settlesOn("new")).isFalse();
    }

    @Test
    void takesNothingThatComesBack() {
        assertThat(file.settlesOn("")).isFalse();
        assertThat(file.settlesOn("old")).isFalse();
        assertThat(file.settlesOn("old")).isFalse();
        assertThat(file.isChanging()).isFalse();
    }
}
