package dev.holdfast.inventory.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PomXmlTest {
    @Test
    void takesItsOwnCoordinatesAndNotThoseOfItsDependencies() {
        assertThat(parse("""
                        <?xml version="1.0"?>
                        <!-- <project><groupId>no</groupId></project> -->
                        <project xmlns="http://maven.apache.org/POM/4.0.0">
                          <dependencies><dependency><groupId>d</groupId><artifactId>d</artifactId><version>9</version></dependency></dependencies>
                          <groupId> org.example </groupId><artifactId>lib</artifactId><version>1.2</version>
                        </project>""")).isEqualTo(new Coordinates("org.example", "lib", "1.2"));
    }

    @Test
    void inheritsGroupAndVersionFromItsParent() {
        assertThat(parse("""
                        <project><parent><groupId>org.parent</groupId><artifactId>parent</artifactId><version>7</version></parent>
                        <artifactId>child</artifactId><name/></project>""")).isEqualTo(new Coordinates("org.parent", "child", "7"));
    }

    @Test
    void aPlaceholderIsNoValue() {
        assertThat(
                        parse(
                                "<project><groupId>g</groupId><artifactId>a</artifactId><version>${revision}</version></project>"))
                .isEqualTo(new Coordinates("g", "a", ""));
    }

    @Test
    void externalEntityIsNotResolvedNorExpanded() {
        assertThat(parse("<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                        + "<project><groupId>&x;</groupId><artifactId>a</artifactId><version>1</version></project>"))
                .isEqualTo(new Coordinates("", "a", "1"));
    }

    @Test
    void tagsWithoutEndAndEndsWithoutTagEndTheScan() {
        assertThat(parse("<project><artifactId>a")).isEqualTo(new Coordinates("", "", ""));
        assertThat(parse("</a></a></a><project><artifactId>a</artifactId>")).isEqualTo(new Coordinates("", "a", ""));
        assertThat(parse("<a>".repeat(100_000))).isEqualTo(new Coordinates("", "", ""));
        assertThat(parse("<!--")).isEqualTo(new Coordinates("", "", ""));
        assertThat(parse("<")).isEqualTo(new Coordinates("", "", ""));
        assertThat(parse("<>")).isEqualTo(new Coordinates("", "", ""));
    }

    private static Coordinates parse(String text) {
        return PomXml.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
