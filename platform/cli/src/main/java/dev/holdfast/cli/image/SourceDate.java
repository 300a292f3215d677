package dev.holdfast.cli.image;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.InputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The time that a document bears: what {@code SOURCE_DATE_EPOCH} says (the reproducible-builds convention, seconds since 1970), else when
 * the thing it describes was made. Never the clock's.
 */
final class SourceDate {
    private SourceDate() {}

    static Optional<Instant> of(Console console, String created) throws InputException {
        String epoch = console.environment().apply("SOURCE_DATE_EPOCH").strip();
        if (epoch.isEmpty()) {
            return parsed(created);
        }
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(epoch)));
        } catch (NumberFormatException | DateTimeException wrong) {
            throw Options.usage("SOURCE_DATE_EPOCH " + epoch + " is no number of seconds since 1970");
        }
    }

    /** An image's time may be missing or nonsense: then there is none. */
    private static Optional<Instant> parsed(String created) {
        try {
            Instant time = OffsetDateTime.parse(created).toInstant();
            return Optional.of(time).filter(each -> each.isAfter(Instant.EPOCH));
        } catch (DateTimeException unusable) {
            return Optional.empty();
        }
    }
}
