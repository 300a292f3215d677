package dev.holdfast.inventory.sbom;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.xml.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * A CycloneDX document as XML: the same names as in JSON, as elements and attributes of the namespace
 * {@code http://cyclonedx.org/schema/bom/VERSION}. Only one component is held at a time.
 */
final class CycloneDxXml {
    private static final String NAMESPACE = "http://cyclonedx.org/schema/bom/";
    private static final Set<String> LISTS = Set.of("components", "hashes", "licenses", "properties", "occurrences");

    private final BillAssembly bill;
    private final Limits limits;

    CycloneDxXml(BillAssembly bill, Limits limits) {
        this.bill = bill;
        this.limits = limits;
    }

    void read(InputStream bytes) throws InputException, IOException {
        Xml xml = Xml.open(bytes, limits);
        if (!xml.name().equals("bom") || !xml.namespace().startsWith(NAMESPACE)) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "no bill of materials: XML whose root is " + xml.name() + ", not CycloneDX's bom");
        }
        bill.format("CycloneDX " + xml.namespace().substring(NAMESPACE.length()));
        bill.reading("CycloneDX");
        int root = xml.depth();
        while (xml.nextChild(root)) {
            switch (xml.name()) {
                case "metadata" -> {
                    int line = xml.line();
                    CycloneDx.metadata(xml.value(LISTS), line, bill);
                }
                case "components" -> {
                    int depth = xml.depth();
                    while (xml.nextChild(depth)) {
                        int line = xml.line();
                        CycloneDx.component(xml.value(LISTS), line, bill);
                    }
                }
                default -> {}
            }
        }
    }
}
