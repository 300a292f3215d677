package dev.holdfast.advisory.vex;

import dev.holdfast.advisory.vex.VexStatement.Status;
import dev.holdfast.core.InputException;
import java.util.ArrayList;
import java.util.List;

/** Collects a document's statements. */
final class StatementSink {
    /** Every part may be said of every product; a document that multiplies to more is none that a supplier writes. */
    private static final int MOST_STATEMENTS = 1_000_000;

    private final String document;
    private final List<VexStatement> statements = new ArrayList<>();
    private final List<VexDocument.Unusable> unusable = new ArrayList<>();

    StatementSink(String document) {
        this.document = document;
    }

    String place(int number) {
        return document + " statement " + number;
    }

    void add(VexStatement statement) throws InputException {
        boolean isBare = statement.status() == Status.NOT_AFFECTED
                && statement.justification().isEmpty()
                && statement.detail().isEmpty();
        if (isBare) {
            drop(
                    statement.place(),
                    statement.flaw() + " is said not to affect, and nobody says why: a justification is required");
            return;
        }
        if (statements.size() >= MOST_STATEMENTS) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "more than " + MOST_STATEMENTS + " statements, parts of products counted");
        }
        statements.add(statement);
    }

    void drop(String place, String why) {
        VexDocument.Unusable each = new VexDocument.Unusable(place, why);
        if (unusable.isEmpty() || !unusable.getLast().equals(each)) {
            unusable.add(each);
        }
    }

    VexDocument finish(String format) {
        return new VexDocument(document, format, statements, unusable);
    }
}
