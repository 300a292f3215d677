package dev.holdfast.sensor.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeCallTest {
    @Test
    void readsTheCallOfDocker() {
        assertThat(RuntimeCall.of(
                        List.of(
                                "runc",
                                "--root",
                                "/run/docker/runtime-runc/moby",
                                "--log",
                                "/x/log.json",
                                "--log-format",
                                "json",
                                "create",
                                "--bundle",
                                "/run/b/1",
                                "--pid-file",
                                "/run/b/1/init.pid",
                                "abc"),
                        "/run/b/1"))
                .hasValue(new RuntimeCall("abc", Path.of("/run/b/1")));
    }

    @Test
    void readsACallByHand() {
        assertThat(RuntimeCall.of(List.of("runc", "run", "jb1"), "/srv/jb1"))
                .map(call -> call.bundle().normalize())
                .hasValue(Path.of("/srv/jb1"));
        assertThat(RuntimeCall.of(List.of("crun", "run", "-b", "sub", "jb1"), "/srv"))
                .hasValue(new RuntimeCall("jb1", Path.of("/srv/sub")));
        assertThat(RuntimeCall.of(List.of("runc", "create", "--bundle=/b", "run"), "/srv"))
                .hasValue(new RuntimeCall("run", Path.of("/b")));
    }

    @Test
    void takesOtherCallsForNone() {
        assertThat(RuntimeCall.of(List.of("runc", "exec", "jb1", "sh"), "/")).isEmpty();
        assertThat(RuntimeCall.of(List.of("runc", "run"), "/")).isEmpty();
        assertThat(RuntimeCall.of(List.of("runc", "run", "--bundle"), "/")).isEmpty();
        assertThat(RuntimeCall.of(List.of(), "/")).isEmpty();
        assertThat(RuntimeCall.of(List.of("runc", "run", "-b", "a\0b", "x"), "/"))
                .isEmpty();
    }
}
