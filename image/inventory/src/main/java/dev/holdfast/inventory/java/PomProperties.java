package dev.holdfast.inventory.java;

import dev.holdfast.core.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;

/**
 * A {@code pom.properties}, which Maven's archiver puts into {@code META-INF/maven/GROUP/ARTIFACT/}: a Java properties file (ISO 8859-1,
 * {@code key=value} lines) with the keys {@code groupId}, {@code artifactId} and {@code version}.
 */
final class PomProperties {
    private PomProperties() {}

    static Coordinates parse(byte[] bytes) throws InputException {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(bytes));
        } catch (IllegalArgumentException | IOException malformed) {
            throw new InputException(
                    InputException.Code.MALFORMED, "no properties file: " + malformed.getMessage(), malformed);
        }
        return new Coordinates(
                properties.getProperty("groupId", "").strip(),
                properties.getProperty("artifactId", "").strip(),
                properties.getProperty("version", "").strip());
    }
}
