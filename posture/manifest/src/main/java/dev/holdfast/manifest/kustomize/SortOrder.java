package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.InputException;
import java.util.List;
import java.util.Optional;

/** The order in which an overlay wants its objects: {@code sortOptions} of the folder that is built; those of its bases do not count. */
final class SortOrder {
    private static final String OPTIONS = "sortOptions";
    private static final String LISTS = "legacySortOptions";

    private SortOrder() {}

    static void apply(Draft.Fields kustomization, List<Resource> resources) throws InputException {
        Optional<Draft.Fields> options = fields(kustomization, OPTIONS);
        if (options.isEmpty()) {
            resources.sort(LegacyOrder.USUAL);
            return;
        }
        Optional<Draft.Fields> lists = fields(options.get(), LISTS);
        switch (options.get().text("order")) {
            case "legacy" ->
                resources.sort(lists.map(given ->
                                new LegacyOrder(Build.texts(given, "orderFirst"), Build.texts(given, "orderLast")))
                        .orElse(LegacyOrder.USUAL));
            case "fifo" -> {
                if (lists.isPresent()) {
                    throw new InputException(
                            InputException.Code.MALFORMED,
                            "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'");
                }
            }
            default ->
                throw new InputException(
                        InputException.Code.MALFORMED, "the field 'sortOptions.order' must be one of [fifo, legacy]");
        }
    }

    private static Optional<Draft.Fields> fields(Draft.Fields owner, String key) {
        return owner.members().get(key) instanceof Draft.Fields fields ? Optional.of(fields) : Optional.empty();
    }
}
