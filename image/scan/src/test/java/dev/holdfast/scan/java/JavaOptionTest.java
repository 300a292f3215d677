package dev.holdfast.scan.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.oci.ImageConfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaOptionTest {
    private static List<JavaOption> risky(String options, int release) {
        return JavaOption.risky(
                new ImageConfiguration(
                        "",
                        "",
                        List.of("JAVA_OPTS=" + options),
                        List.of(),
                        List.of(),
                        "",
                        List.of(),
                        Map.of(),
                        List.of()),
                release);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005 | 17 | java-debugger HIGH",
                "-agentlib:jdwp=transport=dt_socket,server=y,address=0.0.0.0:5005 | 17 | java-debugger HIGH",
                "-agentlib:jdwp=transport=dt_socket,server=y,address=5005 | 17 | java-debugger LOW",
                "-agentlib:jdwp=transport=dt_socket,server=y,address=5005 | 8 | java-debugger HIGH",
                "-Xrunjdwp:transport=dt_socket,server=y,address=5005 | 8 | java-debugger HIGH",
                "-agentlib:jdwp=transport=dt_socket,server=y,address=localhost:5005 | 17 | ''",
                "-agentlib:jdwp=transport=dt_socket,server=n,address=*:5005 | 17 | ''",
                "-Dcom.sun.management.jmxremote.port=9 -Dcom.sun.management.jmxremote.authenticate=false | 17 | java-jmx-open HIGH",
                "-Dcom.sun.management.jmxremote.port=9 -Dcom.sun.management.jmxremote.ssl=false | 17 | java-jmx-unencrypted MEDIUM",
                "-Dcom.sun.management.jmxremote.port=9 | 17 | ''",
                "-Dcom.sun.management.jmxremote.authenticate=false | 17 | ''",
                "-Dcom.sun.jndi.ldap.object.trustURLCodebase=true | 8 | java-unsafe-property HIGH",
                "-Dcom.sun.jndi.ldap.object.trustURLCodebase=false | 8 | ''",
                "-noverify -Xmx1g | 17 | java-no-verification LOW",
                "-Xmx1g -XX:+DisableAttachMechanism | 17 | ''",
                "-Dlog4j2.formatMsgNoLookups=true | 17 | ''",
            })
    void judges(String options, int release, String expected) {
        List<String> said = risky(options, release).stream()
                .map(option -> option.id() + " " + option.severity())
                .toList();
        assertThat(String.join(", ", said)).isEqualTo(expected);
    }

    @Test
    void neverShowsAPassword() {
        List<JavaOption> found = risky("-Djavax.net.ssl.keyStorePassword=hunter2hunter2", 17);
        assertThat(found).singleElement().extracting(JavaOption::id).isEqualTo("java-password-in-options");
        assertThat(found.toString()).doesNotContain("hunter2");
    }

    @Test
    void readsTheWordsOfAShell() {
        ImageConfiguration configuration = new ImageConfiguration(
                "",
                "",
                List.of(),
                List.of("sh", "-c"),
                List.of("exec java '-noverify' -jar /x.jar"),
                "",
                List.of(),
                Map.of(),
                List.of());
        assertThat(JavaOption.risky(configuration, 17))
                .singleElement()
                .satisfies(option -> assertThat(option.place()).isEqualTo("command"));
    }
}
