package dev.holdfast.core.xml;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.core.json.JsonValue.JsonObject;
import dev.holdfast.core.json.JsonValue.JsonString;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks an XML document forward, one element at a time, by local names: documents of one kind use several prefixes and namespace versions.
 * Document types, entities declared inside and everything outside are refused, nesting is bounded by {@link Limits#depth()}.
 *
 * <p>The way to read: {@code while (xml.nextChild(depth)) switch (xml.name()) …}, where {@code depth} is {@link #depth()} taken at the
 * parent's start. A child that nobody looks into is passed over by the next call.
 */
public final class Xml {
    /** How many bytes to look at for the XML declaration; real ones have less than a hundred. */
    private static final int DECLARATION = 512;

    private final XMLStreamReader reader;
    private final Limits limits;
    private int depth;

    private Xml(XMLStreamReader reader, Limits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /** Opens a document and goes to its root element. */
    public static Xml open(InputStream document, Limits limits) throws InputException, IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, name) -> InputStream.nullInputStream());
        try {
            // The JDK would print broken bytes to the standard error stream, besides throwing.
            factory.setXMLReporter((message, type, information, location) -> {});
            Xml xml = new Xml(reader(factory, document), limits);
            while (xml.depth == 0) {
                xml.step();
            }
            return xml;
        } catch (XMLStreamException wrong) {
            throw malformed(wrong);
        }
    }

    /**
     * Decodes what is UTF-8, or says nothing of its encoding, here: bulletins with broken UTF-8 in their prose are published, and are good
     * otherwise. What says another encoding is left to the XML reader.
     */
    private static XMLStreamReader reader(XMLInputFactory factory, InputStream document)
            throws XMLStreamException, IOException {
        BufferedInputStream bytes = new BufferedInputStream(document, 1 << 13);
        bytes.mark(DECLARATION);
        String start = new String(bytes.readNBytes(DECLARATION - 1), StandardCharsets.ISO_8859_1);
        bytes.reset();
        boolean isWide =
                start.startsWith("\u00fe\u00ff") || start.startsWith("\u00ff\u00fe") || start.indexOf('\0') >= 0;
        String declaration =
                start.substring(0, Math.max(0, start.indexOf("?>"))).toLowerCase(Locale.ROOT);
        if (isWide || declaration.contains("encoding") && !declaration.contains("utf-8")) {
            return factory.createXMLStreamReader(bytes);
        }
        if (start.startsWith("\u00ef\u00bb\u00bf")) {
            bytes.skipNBytes(3);
        }
        return factory.createXMLStreamReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /** The local name of the element whose start was reached last. */
    public String name() {
        return reader.getLocalName();
    }

    /** The namespace of that element; empty when it has none. */
    public String namespace() {
        String uri = reader.getNamespaceURI();
        return uri == null ? "" : uri;
    }

    /** The line at which the reader is, from 1. */
    public int line() {
        return Math.max(1, reader.getLocation().getLineNumber());
    }

    /** How deep the reader is: 1 inside the root element. */
    public int depth() {
        return depth;
    }

    /** An attribute of the element, by local name; empty when there is none. Only to be asked at an element's start. */
    public String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return "";
    }

    /** Goes to the start of the next child of the element at this depth; false, after its end, when there is none left. */
    public boolean nextChild(int parent) throws InputException, IOException {
        while (true) {
            int event = step();
            if (depth < parent) {
                return false;
            }
            if (event == XMLStreamConstants.START_ELEMENT && depth == parent + 1) {
                return true;
            }
        }
    }

    /** All text inside the element, that of its children included, stripped; goes to its end. */
    public String text() throws InputException, IOException {
        int own = depth;
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = step();
            if (depth < own) {
                return text.toString().strip();
            }
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                append(text);
            }
        }
    }

    /**
     * The element as a tree, and goes to its end. An element without attributes or children is its text, stripped. Any other is an object of
     * its attributes and children by name (a repeated name keeps its last value), with its own text, where it has some, under the empty name.
     * An element of the named lists is an array of its children instead.
     */
    public JsonValue value(Set<String> lists) throws InputException, IOException {
        int own = depth;
        boolean isList = lists.contains(name());
        Map<String, JsonValue> members = new LinkedHashMap<>();
        List<JsonValue> elements = new ArrayList<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            members.put(reader.getAttributeLocalName(i), new JsonString(reader.getAttributeValue(i)));
        }
        StringBuilder text = new StringBuilder();
        for (int event = step(); depth >= own; event = step()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = name();
                JsonValue child = value(lists);
                if (isList) {
                    elements.add(child);
                } else {
                    members.put(name, child);
                }
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                append(text);
            }
        }
        if (isList) {
            return new JsonArray(elements);
        }
        String plain = text.toString().strip();
        if (members.isEmpty()) {
            return new JsonString(plain);
        }
        if (!plain.isEmpty()) {
            members.put("", new JsonString(plain));
        }
        return new JsonObject(members);
    }

    private void append(StringBuilder text) throws InputException {
        if (text.length() > limits.fileBytes()) {
            throw new InputException(InputException.Code.LIMIT, "XML text longer than the budget");
        }
        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
    }

    private int step() throws InputException, IOException {
        try {
            if (!reader.hasNext()) {
                throw new InputException(InputException.Code.TRUNCATED, "the XML document ends early");
            }
            int event = reader.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new InputException(
                            InputException.Code.UNSUPPORTED, "XML with a document type or entities is not read");
                default -> {}
            }
            if (depth > limits.depth()) {
                throw new InputException(
                        InputException.Code.LIMIT, "XML nests deeper than " + limits.depth() + " levels");
            }
            return event;
        } catch (XMLStreamException wrong) {
            if (wrong.getNestedException() instanceof IOException failed
                    && !(failed instanceof CharConversionException)) {
                throw failed;
            }
            throw malformed(wrong);
        } catch (RuntimeException wrong) {
            // The JDK's scanner lets its internal unchecked exceptions out on some broken documents.
            throw new InputException(InputException.Code.MALFORMED, "not valid XML", wrong);
        }
    }

    private static InputException malformed(XMLStreamException wrong) {
        String place = wrong.getLocation() == null
                ? ""
                : " at line " + wrong.getLocation().getLineNumber() + ", column "
                        + wrong.getLocation().getColumnNumber();
        return new InputException(InputException.Code.MALFORMED, "not valid XML" + place, wrong);
    }
}
