package dev.holdfast.inventory.java;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveNameTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "commons-io-2.4.jar, commons-io, 2.4, ''",
                "guava-29.0-jre.jar, guava, 29.0-jre, ''",
                "spring-core-5.2.0.RELEASE.jar, spring-core, 5.2.0.RELEASE, ''",
                "log4j-1.2-api-2.14.1.jar, log4j-1.2-api, 2.14.1, ''",
                "hawtdispatch-scala-2.11-1.22.jar, hawtdispatch-scala-2.11, 1.22, ''",
                "jackson-module-scala_2.12-2.9.8.jar, jackson-module-scala_2.12, 2.9.8, ''",
                "geronimo-jta_1.0.1B_spec-1.0.1.jar, geronimo-jta_1.0.1B_spec, 1.0.1, ''",
                "netty-transport-native-epoll-4.1.34.Final-linux-x86_64.jar, netty-transport-native-epoll, 4.1.34.Final, linux-x86_64",
                "cassandra-driver-core-3.7.1-shaded.jar, cassandra-driver-core, 3.7.1, shaded",
                "foo-1.0-20200101.123456-1.jar, foo, 1.0-20200101.123456-1, ''",
                "poi-3.14-beta-7-sources.jar, poi, 3.14-beta-7, sources",
                "postgresql-9.4-1201-jdbc41.jar, postgresql, 9.4-1201, jdbc41",
                "web-app-1.0-SNAPSHOT.war, web-app, 1.0-SNAPSHOT, ''",
                "bar-2.0.0-rc2-tests.jar, bar, 2.0.0-rc2, tests",
                "javax.inject-1.jar, javax.inject, 1, ''",
                "org.apache.servicemix.bundles.josql-1.5_5.jar, org.apache.servicemix.bundles.josql, 1.5_5, ''",
                "app.jar, app, '', ''",
                "1.0.jar, 1.0, '', ''",
                "-1.0.jar, -1.0, '', ''",
                "noextension, noextension, '', ''",
            })
    void splitsByMavensConvention(String file, String artifact, String version, String classifier) {
        assertThat(ArchiveName.parse(file)).isEqualTo(new ArchiveName(artifact, version, classifier));
    }
}
