package dev.holdfast.watch.scap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.rules.event.EventArguments;
import dev.holdfast.watch.scap.EventTable.Parameter;
import org.junit.jupiter.api.Test;

final class ParameterNamesTest {
    @Test
    void rulesKnowTheParametersOfAllEvents() {
        assertThat(EventArguments.names())
                .containsAll(EventTable.TABLE.kinds().stream()
                        .flatMap(kind -> kind.parameters().stream())
                        .map(Parameter::name)
                        .toList());
    }
}
