package dev.holdfast.advisory.feed.oval;

import dev.holdfast.advisory.feed.oval.OvalDocument.Definition;
import dev.holdfast.advisory.feed.oval.OvalDocument.State;
import dev.holdfast.advisory.feed.oval.OvalDocument.Test;
import dev.holdfast.advisory.feed.rpm.Nevra;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.xml.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads OVAL definitions, by local names.
 *
 * <pre>
 * oval_definitions = generator definitions tests objects ( states | state )
 * rpminfo_test     = @id [ @check_existence ] object( @object_ref ) [ state( @state_ref ) ]
 * rpminfo_object   = @id name
 * rpminfo_state    = @id ( evr( @operation ) | version( @operation ) | arch | signature_keyid | … )
 * </pre>
 *
 * <p>Definitions come first and point forwards, so the whole document is held, without its prose.
 */
final class OvalReader {
    private final Xml xml;
    private final List<Definition> definitions = new ArrayList<>();
    private final Map<String, Test> tests = new HashMap<>();
    private final Map<String, String> objects = new HashMap<>();
    private final Map<String, State> states = new HashMap<>();
    private String timestamp = "";

    private OvalReader(Xml xml) {
        this.xml = xml;
    }

    static OvalDocument read(InputStream in, Limits limits) throws InputException, IOException {
        OvalReader reader = new OvalReader(Xml.open(in, limits));
        if (!reader.xml.name().equals("oval_definitions")) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "an XML document of " + reader.xml.name() + " where oval_definitions was expected");
        }
        reader.readDocument();
        return new OvalDocument(reader.timestamp, reader.definitions, reader.tests, reader.objects, reader.states);
    }

    private void readDocument() throws InputException, IOException {
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            switch (xml.name()) {
                case "generator" -> readGenerator();
                case "definitions" -> readDefinitions();
                case "tests" -> readTests();
                case "objects" -> readObjects();
                case "states", "state" -> readStates();
                default -> {}
            }
        }
    }

    private void readGenerator() throws InputException, IOException {
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            if (xml.name().equals("timestamp")) {
                timestamp = xml.text();
            }
        }
    }

    private void readDefinitions() throws InputException, IOException {
        Map<String, String> pool = new HashMap<>();
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            if (xml.name().equals("definition")) {
                definitions.add(new DefinitionReader(xml, pool).read());
            }
        }
    }

    private void readTests() throws InputException, IOException {
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            boolean isPackage = xml.name().equals("rpminfo_test");
            String id = xml.attribute("id");
            boolean isAbsence = xml.attribute("check_existence").equals("none_exist");
            String object = "";
            String state = "";
            int test = xml.depth();
            while (xml.nextChild(test)) {
                if (xml.name().equals("object")) {
                    object = xml.attribute("object_ref");
                } else if (xml.name().equals("state")) {
                    state = xml.attribute("state_ref");
                }
            }
            tests.put(id, new Test(isPackage, isAbsence, object, state));
        }
    }

    private void readObjects() throws InputException, IOException {
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            if (!xml.name().equals("rpminfo_object")) {
                continue;
            }
            String id = xml.attribute("id");
            int object = xml.depth();
            while (xml.nextChild(object)) {
                if (xml.name().equals("name")) {
                    objects.put(id, xml.text());
                }
            }
        }
    }

    private void readStates() throws InputException, IOException {
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            if (xml.name().equals("rpminfo_state")) {
                readState();
            }
        }
    }

    private void readState() throws InputException, IOException {
        String id = xml.attribute("id");
        String operation = "";
        String version = "";
        List<String> architectures = List.of();
        boolean isNever = false;
        int depth = xml.depth();
        while (xml.nextChild(depth)) {
            String name = xml.name();
            String how = xml.attribute("operation");
            if (name.equals("evr")) {
                operation = operation(how);
                version = Nevra.evr(xml.text());
            } else if (name.equals("arch")) {
                architectures = List.of(xml.text().replaceAll("[()^$ ]", "").split("\\|", -1));
            } else if (name.equals("version")) {
                isNever = how.equals("equals") && xml.text().equals("0");
            }
        }
        states.put(id, new State(operation, version, architectures, isNever));
    }

    /** SUSE's documents of 2024 give the operation as its number in the language's schema. */
    private static String operation(String text) {
        return text.equals("6") ? "less than" : text;
    }
}
