package dev.holdfast.report;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.SafeText;
import dev.holdfast.scan.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes reports as JUnit XML, which every CI shows: a suite a target, a failed case a finding, a skipped case a gap, and one case that
 * passes when there is neither.
 */
public final class JunitScan {
    private final XMLStreamWriter xml;

    private JunitScan(XMLStreamWriter xml) {
        this.xml = xml;
    }

    public static void write(ScanResults results, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "holdfast scan");
            for (ScanReport report : results.reports()) {
                new JunitScan(xml).suite(report);
            }
            for (ScanResults.Failure failure : results.failures()) {
                new JunitScan(xml).broken(failure);
            }
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.flush();
        } catch (XMLStreamException failed) {
            throw new IOException(failed);
        }
    }

    private void suite(ScanReport report) throws XMLStreamException {
        boolean isClean = report.findings().isEmpty() && report.gaps().isEmpty();
        begin(
                report.target().given(),
                report.findings().size() + report.gaps().size() + (isClean ? 1 : 0),
                report.findings().size(),
                0,
                report.gaps().size());
        for (Finding finding : report.findings()) {
            FindingRow row = FindingRow.of(finding, report);
            testCase(report.target().given(), row.id() + " " + row.packageName() + " " + row.version());
            outcome("failure", row.severity(), finding.title() + "\n" + finding.fix() + "\n" + row.place());
        }
        for (Gap gap : report.gaps()) {
            testCase(report.target().given(), gap.code().word() + " " + gap.subject());
            outcome("skipped", gap.detail(), "");
        }
        if (isClean) {
            testCase(report.target().given(), "no findings");
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void broken(ScanResults.Failure failure) throws XMLStreamException {
        begin(failure.given(), 1, 0, 1, 0);
        testCase(failure.given(), failure.code());
        outcome("error", failure.code(), failure.message());
        xml.writeEndElement();
    }

    private void begin(String name, int tests, int failures, int errors, int skipped) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", SafeText.of(name));
        xml.writeAttribute("tests", String.valueOf(tests));
        xml.writeAttribute("failures", String.valueOf(failures));
        xml.writeAttribute("errors", String.valueOf(errors));
        xml.writeAttribute("skipped", String.valueOf(skipped));
    }

    private void testCase(String target, String name) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", SafeText.of(target));
        xml.writeAttribute("name", SafeText.of(name.strip()));
    }

    private void outcome(String element, String message, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", SafeText.of(message));
        for (String line : text.split("\n", -1)) {
            if (!line.isEmpty()) {
                xml.writeCharacters(SafeText.of(line) + "\n");
            }
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }
}
