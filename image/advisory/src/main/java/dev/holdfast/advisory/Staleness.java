package dev.holdfast.advisory;

import dev.holdfast.core.Gap;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How old sources are as of a day, and which are too old for their use. The day is always given: nothing here reads a clock. */
public final class Staleness {
    private Staleness() {}

    /** Days from a source's newest record to that day; empty when the source has no day. Negative when it claims to be from the future. */
    public static Optional<Long> ageDays(Source source, LocalDate asOf) {
        try {
            return Optional.of(ChronoUnit.DAYS.between(LocalDate.parse(source.date()), asOf));
        } catch (DateTimeParseException unknown) {
            return Optional.empty();
        }
    }

    /** The gaps of those sources that are too old, of unknown age, or from the future; sorted as the sources are. */
    public static List<Gap> gaps(List<Source> sources, LocalDate asOf) {
        List<Gap> gaps = new ArrayList<>();
        for (Source source : sources) {
            gap(source, asOf).ifPresent(gaps::add);
        }
        return gaps;
    }

    /** The gap of one source, if there is any. */
    public static Optional<Gap> gap(Source source, LocalDate asOf) {
        Optional<Integer> most = SourceTerms.of(source.name()).use().maxAgeDays();
        if (most.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> age = ageDays(source, asOf);
        if (age.isEmpty()) {
            return gap(source, "does not say of which day it is, so it may be old");
        }
        if (age.get() < 0) {
            return gap(source, "claims to be of " + source.date() + ", which is yet to come, so its age is unknown");
        }
        if (age.get() > most.get()) {
            return gap(
                    source,
                    "is " + days(age.get()) + " old (" + source.date() + "), too old after " + days(most.get())
                            + "; run: holdfast db update");
        }
        return Optional.empty();
    }

    private static Optional<Gap> gap(Source source, String detail) {
        return Optional.of(new Gap(Gap.Code.STALE_SOURCE, source.name(), detail));
    }

    private static String days(long count) {
        return count == 1 ? "1 day" : String.format(Locale.ROOT, "%,d days", count);
    }
}
