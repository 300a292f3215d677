package dev.holdfast.scan.exemption;

import dev.holdfast.advisory.vex.VexDocument;
import java.util.List;

/**
 * Everything that may set findings aside in a scan.
 *
 * @param rules people's own decisions, in the order in which they are asked
 * @param documents suppliers' statements
 */
public record Exemptions(List<Exemption> rules, List<VexDocument> documents) {
    public static final Exemptions NONE = new Exemptions(List.of(), List.of());

    public Exemptions {
        rules = List.copyOf(rules);
        documents = List.copyOf(documents);
    }

    public boolean isEmpty() {
        return rules.isEmpty() && documents.isEmpty();
    }
}
