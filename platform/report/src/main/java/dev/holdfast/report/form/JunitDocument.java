package dev.holdfast.report.form;

import dev.holdfast.core.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** JUnit XML, which every CI shows: suites of cases, each passed or with its outcome. Every text is escaped. */
public final class JunitDocument {
    private final XMLStreamWriter xml;

    private JunitDocument(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** What a case came to. */
    public enum Outcome {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    /** One table of cases. */
    public record Suite(String name, List<Case> cases) {
        public Suite {
            cases = List.copyOf(cases);
        }

        private String count(Outcome outcome) {
            return String.valueOf(
                    cases.stream().filter(each -> each.outcome() == outcome).count());
        }
    }

    /**
     * One case.
     *
     * @param where the class that it is shown under
     * @param message one line about the outcome
     * @param text more lines, or none
     */
    public record Case(String where, String name, Outcome outcome, String message, String text) {
        public static Case passed(String where, String name) {
            return new Case(where, name, Outcome.PASSED, "", "");
        }

        public static Case skipped(String where, String name, String why) {
            return new Case(where, name, Outcome.SKIPPED, why, "");
        }
    }

    /** Writes the suites and leaves the stream open. */
    public static void write(String name, List<Suite> suites, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", name);
            for (Suite suite : suites) {
                new JunitDocument(xml).suite(suite);
            }
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.flush();
        } catch (XMLStreamException failed) {
            throw new IOException(failed);
        }
    }

    private void suite(Suite suite) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute("name", suite.name());
        attribute("tests", String.valueOf(suite.cases().size()));
        attribute("failures", suite.count(Outcome.FAILURE));
        attribute("errors", suite.count(Outcome.ERROR));
        attribute("skipped", suite.count(Outcome.SKIPPED));
        for (Case each : suite.cases()) {
            testCase(each);
        }
        xml.writeEndElement();
    }

    private void testCase(Case each) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute("classname", each.where());
        attribute("name", each.name().strip());
        if (each.outcome() != Outcome.PASSED) {
            xml.writeStartElement(each.outcome().name().toLowerCase(Locale.ROOT));
            attribute("message", each.message());
            for (String line : each.text().split("\n", -1)) {
                if (!line.isEmpty()) {
                    xml.writeCharacters(SafeText.of(line) + "\n");
                }
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, SafeText.of(value));
    }
}
