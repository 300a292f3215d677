package dev.holdfast.report.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.core.Limits;
import dev.holdfast.report.OfficialSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class CheckFormatsTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: "we<b>"}
            spec:
              hostPID: true
              containers:
              - name: a
                image: b:1
            ---
            a: [
            """;

    private static CheckResults results() throws Exception {
        CheckReport report = new Checker(Limits.DEFAULT).check(CheckRequest.ofText("a pod.yaml", POD));
        return new CheckResults("0.1.0", List.of(report), List.of());
    }

    @Test
    void writesTheSarifOfTheOfficialSchema() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SarifCheck.write(results(), out);
        assertThat(OfficialSchema.SARIF_2_1_0.violations(out.toByteArray())).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"ruleId\": \"host-pid\"", "\"uri\": \"a%20pod.yaml\"", "\"startLine\": 5")
                .contains("\"toolExecutionNotifications\"", "not valid YAML");
    }

    @Test
    void countsWhatJunitShows() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JunitCheck.write(results(), out);
        Element suite = (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()))
                .getElementsByTagName("testsuite")
                .item(0);
        assertThat(suite.getElementsByTagName("testcase").getLength())
                .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
        assertThat(suite.getElementsByTagName("failure").getLength())
                .isEqualTo(Integer.parseInt(suite.getAttribute("failures")))
                .isPositive();
        assertThat(suite.getElementsByTagName("skipped").getLength())
                .isEqualTo(Integer.parseInt(suite.getAttribute("skipped")))
                .isPositive();
    }
}
