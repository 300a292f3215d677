package dev.holdfast.report;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.core.Gap;
import dev.holdfast.core.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes checks as JUnit XML, which every CI shows: a suite a target, a failed case a weakness that is there, a passed case one that is not, a
 * skipped case what could not be seen or assessed, an error a check that broke off.
 */
public final class JunitCheck {
    private final XMLStreamWriter xml;

    private JunitCheck(XMLStreamWriter xml) {
        this.xml = xml;
    }

    public static void write(CheckResults results, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "holdfast check");
            for (CheckReport report : results.reports()) {
                new JunitCheck(xml).suite(report);
            }
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.flush();
        } catch (XMLStreamException failed) {
            throw new IOException(failed);
        }
    }

    private void suite(CheckReport report) throws XMLStreamException {
        List<Result> told = report.results().stream()
                .filter(result -> result.status() != Status.NOT_APPLICABLE)
                .toList();
        xml.writeStartElement("testsuite");
        attribute("name", report.given());
        attribute(
                "tests",
                String.valueOf(
                        told.size() + report.gaps().size() + report.excepted().size()));
        attribute("failures", count(told, Status.FAIL));
        attribute("errors", count(told, Status.ERROR));
        attribute(
                "skipped",
                String.valueOf(Integer.parseInt(count(told, Status.NOT_ASSESSED))
                        + report.gaps().size()
                        + report.excepted().size()));
        for (Result result : told) {
            testCase(result.path() + ":" + result.place().line(), result.rule() + " " + result.subject());
            switch (result.status()) {
                case FAIL -> outcome("failure", result.severity().word(), result.message() + "\n" + result.fix());
                case ERROR -> outcome("error", result.message(), "");
                case NOT_ASSESSED -> outcome("skipped", result.message(), "");
                case PASS, NOT_APPLICABLE -> {}
            }
            xml.writeEndElement();
        }
        for (Exceptions.Excepted one : report.excepted()) {
            testCase(
                    one.finding().path() + ":" + one.finding().place().line(),
                    one.finding().rule() + " " + one.finding().subject());
            outcome("skipped", "set aside: " + one.by().told(), "");
            xml.writeEndElement();
        }
        for (Gap gap : report.gaps()) {
            testCase(gap.subject(), gap.code().word());
            outcome("skipped", gap.detail(), "");
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String count(List<Result> results, Status status) {
        return String.valueOf(
                results.stream().filter(result -> result.status() == status).count());
    }

    private void testCase(String where, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", where);
        attribute("name", name);
    }

    private void outcome(String element, String message, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("message", message);
        xml.writeCharacters(SafeText.of(text));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, SafeText.of(value));
    }
}
