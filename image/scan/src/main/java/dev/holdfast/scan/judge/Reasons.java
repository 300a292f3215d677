package dev.holdfast.scan.judge;

import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.scan.judge.Judgement.Weighed;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a judgement's arithmetic into words: what was compared with what, in which order. */
public final class Reasons {
    private Reasons() {}

    /** Why a statement answers as it does, as a clause. */
    static String of(Weighed weighed) {
        KnownStatement statement = weighed.statement();
        return switch (weighed.answer()) {
            case AFFECTED -> comparison(weighed);
            case FIXED -> "the installed version already has the fix";
            case NOT_AFFECTED -> statement.source().name() + " says that it is not affected";
            case OUTSIDE -> "the installed version is outside the affected range";
            case OTHER_VARIANT ->
                "it is about "
                        + (statement.qualifiers().module().isEmpty()
                                ? "packages outside modules, or another architecture"
                                : "module " + statement.qualifiers().module());
        };
    }

    /** The comparison itself: {@code 2.13.0 ≤ 2.14.1 < 2.15.0 (maven order)}. */
    public static String comparison(Weighed weighed) {
        Scheme scheme = weighed.question().component().record().type().scheme();
        String version = weighed.question().version();
        String order = "   (" + scheme.word() + " order)";
        KnownStatement statement = weighed.statement();
        if (statement.versions().contains(version)) {
            return version + " is listed as affected";
        }
        List<Range> ranges = statement.ranges();
        if (ranges.isEmpty() && statement.versions().isEmpty()) {
            return "every version is meant";
        }
        if (ranges.isEmpty()) {
            return version + " is none of the " + statement.versions().size() + " listed versions";
        }
        Range nearest = nearest(scheme, weighed.question().key(), ranges);
        return compared(scheme, weighed.question().key(), version, nearest) + order;
    }

    /** The range that holds the version, else the last that begins at or before it, else the first. */
    private static Range nearest(Scheme scheme, VersionKey key, List<Range> ranges) {
        Range best = ranges.isEmpty() ? Range.ALL : ranges.getFirst();
        for (Range range : ranges) {
            boolean begins = range.from().isEmpty() || sign(scheme, range.from(), key) <= 0;
            boolean ends = !range.to().isEmpty() && sign(scheme, range.to(), key) < 0;
            if (begins) {
                best = range;
                if (!ends) {
                    return best;
                }
            }
        }
        return best;
    }

    private static String compared(Scheme scheme, VersionKey key, String version, Range range) {
        StringBuilder text = new StringBuilder();
        if (!range.from().isEmpty() && !range.from().equals("0")) {
            boolean begins = sign(scheme, range.from(), key) < 0
                    || (range.fromInclusive() && sign(scheme, range.from(), key) == 0);
            if (!begins) {
                return version + " < " + range.from();
            }
            text.append(range.from()).append(range.fromInclusive() ? " ≤ " : " < ");
        }
        text.append(version);
        if (range.to().isEmpty()) {
            return text.append(", and no version without it is known").toString();
        }
        int sign = sign(scheme, range.to(), key);
        boolean isBelow = sign > 0 || (range.toInclusive() && sign == 0);
        if (isBelow) {
            return text.append(range.toInclusive() ? " ≤ " : " < ")
                    .append(range.to())
                    .toString();
        }
        return version + (range.toInclusive() ? " > " : " ≥ ") + range.to();
    }

    /** Sign of bound compared with key: negative when the bound is below. A bound that cannot be keyed counts as equal. */
    private static int sign(Scheme scheme, String bound, VersionKey key) {
        Optional<VersionKey> other = scheme.key(bound);
        return other.map(bounded -> bounded.compareTo(key)).orElse(0);
    }

    /** The whole claim: {@code affected from 2.13.0 up to, not including, 2.15.0, fixed in 2.15.0}. */
    static String claim(KnownStatement statement) {
        return statement.status() == Status.NOT_AFFECTED
                ? "not affected: " + ranges(statement)
                : "affected " + ranges(statement) + ", " + statement(statement);
    }

    /** What a statement says, as a clause: {@code fixed in 2.36-9+deb12u3}. */
    static String statement(KnownStatement statement) {
        return switch (statement.status()) {
            case FIXED -> "fixed in " + String.join(", ", statement.fixedIn());
            case UNFIXED -> "no fix yet";
            case WILL_NOT_FIX -> "will not be fixed";
            case DEFERRED -> "postponed";
            case END_OF_LIFE -> "no longer supported";
            case UNDER_INVESTIGATION -> "under investigation";
            case NOT_AFFECTED -> "not affected";
        };
    }

    /** The affected ranges in words, at most three of them. */
    static String ranges(KnownStatement statement) {
        List<String> parts = new ArrayList<>();
        for (Range range : statement.ranges()) {
            String from = range.from().isEmpty() || range.from().equals("0") ? "" : "from " + range.from() + " ";
            String to = range.to().isEmpty()
                    ? "without end"
                    : (range.toInclusive() ? "up to and including " : "up to, not including, ") + range.to();
            parts.add(from + to);
        }
        if (!statement.versions().isEmpty()) {
            parts.add(statement.versions().size() + " listed versions");
        }
        if (parts.isEmpty()) {
            return "every version";
        }
        List<String> shown = parts.subList(0, Math.min(3, parts.size()));
        return String.join("; ", shown) + (parts.size() > 3 ? "; and " + (parts.size() - 3) + " more ranges" : "");
    }
}
