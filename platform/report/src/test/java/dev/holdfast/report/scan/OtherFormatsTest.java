package dev.holdfast.report.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.report.SampleReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The formats other programs read, with a report that holds one of everything and hostile text. */
class OtherFormatsTest {
    private interface Format {
        void write(ScanResults results, OutputStream out) throws IOException;
    }

    private static String text(Format format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(SampleReport.results(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void junitIsWellFormedAndCountsFindingsGapsAndBrokenTargets() throws Exception {
        byte[] bytes = text(JunitScan::write).getBytes(StandardCharsets.UTF_8);
        Element root = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(bytes))
                .getDocumentElement();

        Element suite = (Element) root.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(suite.getElementsByTagName("skipped").getLength()).isEqualTo(1);
        Element broken = (Element) root.getElementsByTagName("testsuite").item(1);
        assertThat(broken.getElementsByTagName("error").getLength()).isEqualTo(1);
    }

    @Test
    void csvHasOneLineAFindingAndNoFormula() throws Exception {
        assertThat(text(CsvScan::write).lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith(
                        "\"shop.tar\",\"critical\",\"CVE-2021-44228\",\"org.apache.logging.log4j:log4j-core\",\"2.14.1\"")
                .contains("\"COPY shop.jar /app/\"");
    }

    @Test
    void markdownTellsTheVerdictFirstAndEscapes() throws Exception {
        String text = text(MarkdownScan::write);

        assertThat(text).startsWith("## shop.tar\n\n**fail**: 1 finding at or above critical\n");
        assertThat(text)
                .contains("| critical | CVE-2021-44228 | org.apache.logging.log4j:log4j-core | 2.14.1 | 2.15.0 |");
        assertThat(text).contains("**Could not see:**").contains("/srv/closed.zip: 1 entry is encrypted");
        assertThat(text).contains("**Not scanned:** broken.tar: layer 3 is cut off");
        assertThat(text).doesNotContain("\u001b").doesNotContain("\u202e");
    }

    @Test
    void githubGetsOneCommandALine() throws Exception {
        assertThat(text(GithubScan::write).lines())
                .hasSize(3)
                .allMatch(line -> line.matches("::(error|notice) title=.+::.+"));
    }

    @Test
    void gitlabGetsWhatItsSchemaRequires() throws Exception {
        JsonValue report = Json.parse(text(GitlabScan::write), Limits.DEFAULT);
        JsonValue found = report.get("vulnerabilities").elements().getFirst();

        assertThat(report.at("scan", "status").text()).contains("failure");
        assertThat(found.get("severity").text()).contains("Critical");
        assertThat(found.at("location", "dependency", "version").text()).contains("2.14.1");
        assertThat(found.get("identifiers").elements()).hasSize(2);
    }

    @Test
    void htmlStandsAloneAndEscapes() throws Exception {
        String page = text(HtmlScan::write);

        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("default-src 'none'")
                .endsWith("</html>\n");
        assertThat(page).contains("<td class=\"critical\">critical</td><td>CVE-2021-44228</td>");
        assertThat(page).contains("/srv/closed.zip: 1 entry is encrypted").contains("broken.tar: layer 3 is cut off");
        assertThat(page).doesNotContain("\u001b").doesNotContain("\u202e").doesNotContain("http://");
    }
}
