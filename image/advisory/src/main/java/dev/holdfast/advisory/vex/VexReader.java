package dev.holdfast.advisory.vex;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.xml.Xml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads a VEX document of any format, found by looking. */
public final class VexReader {
    private static final String CYCLONEDX = "http://cyclonedx.org/schema/bom/";
    private static final Set<String> LISTS = Set.of(
            "vulnerabilities",
            "components",
            "affects",
            "versions",
            "references",
            "authors",
            "responses",
            "ratings",
            "properties");

    private final Limits limits;

    public VexReader(Limits limits) {
        this.limits = limits;
    }

    /** Reads a file whole. */
    public VexDocument read(Path file) throws InputException, IOException {
        Path name = file.getFileName();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 16L, limits.fileBytes()) + 1);
        }
        try {
            if (bytes.length > limits.fileBytes()) {
                throw new InputException(InputException.Code.LIMIT, "larger than " + limits.fileBytes() + " bytes");
            }
            return read(bytes, name == null ? file.toString() : name.toString());
        } catch (InputException wrong) {
            throw wrong.in(file.toString());
        }
    }

    /**
     * Reads a document.
     *
     * @param name what it is called in messages
     * @throws InputException when it is broken, with line and column, or none of the formats
     */
    public VexDocument read(byte[] bytes, String name) throws InputException, IOException {
        StatementSink sink = new StatementSink(name);
        if (isXml(bytes)) {
            CycloneDxVex.read(xml(bytes), sink);
            return sink.finish("CycloneDX");
        }
        JsonValue document = Json.parse(bytes, limits);
        if (document.get("@context").text().orElse("").contains("openvex")) {
            OpenVex.read(document, sink);
            return sink.finish("OpenVEX");
        }
        if (!document.at("document", "csaf_version").isAbsent()) {
            CsafVex.read(document, sink);
            return sink.finish("CSAF");
        }
        if (document.get("bomFormat").text().orElse("").equals("CycloneDX")) {
            CycloneDxVex.read(document, sink);
            return sink.finish("CycloneDX");
        }
        throw new InputException(
                InputException.Code.MALFORMED,
                "no VEX document: it has neither OpenVEX's @context nor CSAF's csaf_version nor CycloneDX's bomFormat");
    }

    private static boolean isXml(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '<') {
                return true;
            }
            if (b == '{' || b == '[') {
                return false;
            }
        }
        return false;
    }

    private JsonValue xml(byte[] bytes) throws InputException, IOException {
        Xml xml = Xml.open(new ByteArrayInputStream(bytes), limits);
        if (!xml.namespace().startsWith(CYCLONEDX)) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "no VEX document: XML whose root is " + xml.name() + ", not CycloneDX's bom");
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        int root = xml.depth();
        while (xml.nextChild(root)) {
            String name = xml.name();
            members.put(name, xml.value(LISTS));
        }
        return new JsonValue.JsonObject(members);
    }
}
