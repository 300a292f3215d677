package dev.holdfast.advisory.vex;

import dev.holdfast.advisory.vex.VexStatement.Status;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * OpenVEX 0.0 to 0.2.
 *
 * <pre>
 * {@literal @}context, author, timestamp, last_updated
 * statements[]
 *   vulnerability    { name, {@literal @}id, aliases[] }, or in 0.0 the identifier itself
 *   timestamp, last_updated                      else the document's
 *   products[]       { {@literal @}id, identifiers { purl }, subcomponents[] { {@literal @}id, identifiers { purl } } }, or in 0.0 texts
 *   subcomponents[]  in 0.0: of every product
 *   status           not_affected | affected | fixed | under_investigation
 *   justification, impact_statement, action_statement
 * </pre>
 *
 * <p>A statement that does not affect has a justification or an impact statement, or it does not count.
 */
final class OpenVex {
    private OpenVex() {}

    static void read(JsonValue document, StatementSink sink) throws InputException {
        String author = text(document, "author");
        String time = later(text(document, "timestamp"), text(document, "last_updated"));
        if (!(document.get("statements") instanceof JsonValue.JsonArray)) {
            throw new InputException(InputException.Code.MALFORMED, "no OpenVEX document: it has no statements");
        }
        int number = 0;
        for (JsonValue statement : document.get("statements").elements()) {
            number++;
            state(statement, author, time, sink.place(number), sink);
        }
    }

    private static void state(JsonValue statement, String author, String documentTime, String place, StatementSink sink)
            throws InputException {
        JsonValue flaw = statement.get("vulnerability");
        String id = flaw.text().orElseGet(() -> text(flaw, "name")).strip();
        id = id.isEmpty() ? lastSegment(text(flaw, "@id")) : id;
        Optional<Status> status = Status.ofWord(text(statement, "status"));
        if (id.isEmpty() || status.isEmpty()) {
            sink.drop(
                    place,
                    id.isEmpty()
                            ? "no vulnerability is named"
                            : "status \"" + text(statement, "status") + "\" is none of OpenVEX");
            return;
        }
        String own = later(text(statement, "timestamp"), text(statement, "last_updated"));
        String impact = text(statement, "impact_statement");
        List<JsonValue> products = statement.get("products").elements();
        if (products.isEmpty()) {
            sink.drop(place, id + " is said of no product");
        }
        for (JsonValue product : products) {
            List<JsonValue> parts = new ArrayList<>(product.get("subcomponents").elements());
            parts.addAll(statement.get("subcomponents").elements());
            List<String> names = new ArrayList<>();
            parts.forEach(part -> names.add(named(part)));
            for (String part : names.isEmpty() ? List.of("") : names) {
                sink.add(new VexStatement(
                        id,
                        flaw.get("aliases").texts(),
                        named(product),
                        part,
                        status.get(),
                        text(statement, "justification"),
                        impact.isEmpty() ? text(statement, "action_statement") : impact,
                        author,
                        own.isEmpty() ? documentTime : own,
                        place));
            }
        }
    }

    private static String named(JsonValue thing) {
        return thing.at("identifiers", "purl")
                .text()
                .or(() -> thing.get("@id").text())
                .or(thing::text)
                .orElse("")
                .strip();
    }

    private static String lastSegment(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }

    /** RFC 3339 in one zone compares as text; documents mix no zones. */
    private static String later(String one, String other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String text(JsonValue value, String name) {
        return value.get(name).text().orElse("");
    }
}
