package dev.holdfast.advisory.feed.range;

import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.version.Scheme;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads requirements as ecosystems write them into sets of versions.
 *
 * <pre>
 * plain    = [ "=" | "==" | "!=" | "&lt;" | "&lt;=" | ">" | ">=" ] version { ( "," | " " ) … }     all must hold
 * gem      = plain with "~>" version                                          all must hold
 * npm      = side { "||" side }                                               one must hold
 * side     = "*" | "" | partial " - " partial | comparator { " " comparator }
 * cargo    = comparator { "," comparator }                                    a bare version is "^" version
 * comparator = [ plain operators | "~" | "^" ] partial
 * partial  = number [ "." number [ "." number ] ] [ "-" pre-release ]         number or "x", "X", "*"
 * </pre>
 *
 * <p>All answer with an empty Optional when the text cannot be read or names what is no version of the scheme. Advisories mean
 * pre-releases by their place in the order, so npm's and Cargo's rule that a range leaves them out does not apply here; only the upper
 * bound that an operator implies ({@code ^1.2} ends at {@code 2.0.0-0}) lies below the next version's pre-releases.
 */
public final class Requirement {
    /** The longest requirement in any database has 300 characters. Joining sets costs more than in proportion to their number. */
    private static final int MAX_LENGTH = 8_192;

    /** The longest list of requirements has 40. */
    private static final int MAX_LIST = 1_000;

    private Requirement() {}

    /** The versions for which any of the requirements holds; empty when one cannot be read. */
    public static Optional<VersionSet> anyOf(
            Scheme scheme, List<String> texts, Function<String, Optional<VersionSet>> syntax) {
        if (texts.size() > MAX_LIST) {
            return Optional.empty();
        }
        VersionSet any = VersionSet.none(scheme);
        for (String text : texts) {
            Optional<VersionSet> one = syntax.apply(text);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            any = any.union(one.get());
        }
        return Optional.of(any);
    }

    /** Comparators that must all hold, in any scheme. */
    public static Optional<VersionSet> plain(Scheme scheme, String text) {
        return allOf(scheme, text, (comparator, version) -> Optional.empty());
    }

    /** A RubyGems requirement, its parts joined by commas. */
    public static Optional<VersionSet> gem(String text) {
        return allOf(
                Scheme.GEM,
                text,
                (operator, version) -> operator.equals("~>")
                        ? nextInGem(version).map(next -> between(version, next))
                        : Optional.empty());
    }

    /** A Cargo requirement. As the RustSec database reads them, parts that are left out are zero. */
    public static Optional<VersionSet> cargo(String text) {
        return allOf(Scheme.CARGO, text, (operator, version) -> {
            Optional<Partial> partial = Partial.of(version);
            return partial.isEmpty() ? Optional.empty() : cargo(operator, partial.get());
        });
    }

    private static Optional<Range> cargo(String operator, Partial partial) {
        return switch (operator) {
            case "", "^" -> partial.caret();
            case "~" -> partial.tilde();
            case "=" -> Optional.of(partial.isFull() ? exactly(partial.filled()) : partial.covered());
            default -> Optional.empty();
        };
    }

    /** An npm range. */
    public static Optional<VersionSet> npm(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        List<String> sides = List.of(text.split("\\|\\|", -1));
        return anyOf(
                Scheme.NPM,
                sides,
                side -> side.isBlank() ? Optional.of(VersionSet.all(Scheme.NPM)) : npmSide(side.strip()));
    }

    private static Optional<VersionSet> npmSide(String side) {
        int hyphen = side.indexOf(" - ");
        if (hyphen >= 0) {
            return npmSide(">=" + side.substring(0, hyphen).strip() + " <="
                    + side.substring(hyphen + 3).strip());
        }
        return allOf(Scheme.NPM, side, (operator, version) -> {
            Optional<Partial> partial = Partial.of(version);
            return partial.isEmpty() ? Optional.empty() : npm(operator, partial.get());
        });
    }

    private static Optional<Range> npm(String operator, Partial partial) {
        return switch (operator) {
            case "^" -> partial.caret();
            case "~", "~>" -> partial.tilde();
            case "", "=" -> Optional.of(partial.isFull() ? exactly(partial.filled()) : partial.covered());
            case "<=" ->
                partial.isFull()
                        ? Optional.empty()
                        : Optional.of(new Range("", true, partial.covered().to(), false));
            case ">" ->
                partial.isFull() || partial.isAny()
                        ? Optional.empty()
                        : Optional.of(new Range(partial.covered().to(), true, "", false));
            default -> Optional.empty();
        };
    }

    /** What an ecosystem's own operators mean; empty for those that mean the same everywhere. */
    private interface OwnOperators {
        Optional<Range> range(String operator, String version);
    }

    private static Optional<VersionSet> allOf(Scheme scheme, String text, OwnOperators own) {
        Optional<List<Comparator>> comparators = text.length() > MAX_LENGTH ? Optional.empty() : Comparator.parse(text);
        if (comparators.isEmpty()) {
            return Optional.empty();
        }
        VersionSet all = VersionSet.all(scheme);
        for (Comparator comparator : comparators.get()) {
            Optional<VersionSet> set = one(scheme, comparator, own);
            if (set.isEmpty()) {
                return Optional.empty();
            }
            all = all.intersect(set.get());
        }
        return Optional.of(all);
    }

    private static Optional<VersionSet> one(Scheme scheme, Comparator comparator, OwnOperators own) {
        String version = comparator.version();
        if (version.equals("*")) {
            return Optional.of(VersionSet.all(scheme));
        }
        Optional<Range> special = own.range(comparator.operator(), version);
        if (special.isPresent()) {
            return VersionSet.of(scheme, List.of(special.get()));
        }
        String bound = filled(scheme, version);
        Optional<Range> range = switch (comparator.operator()) {
            case "<" -> Optional.of(Range.below(bound));
            case "<=" -> Optional.of(new Range("", true, bound, true));
            case ">" -> Optional.of(new Range(bound, false, "", false));
            case ">=" -> Optional.of(new Range(bound, true, "", false));
            case "", "=", "!=" -> Optional.of(exactly(bound));
            default -> Optional.empty();
        };
        Optional<VersionSet> set = range.flatMap(found -> VersionSet.of(scheme, List.of(found)));
        return comparator.operator().equals("!=") ? set.map(VersionSet::complement) : set;
    }

    /** SemVer versions need three numbers; advisories leave the last ones out. */
    private static String filled(Scheme scheme, String version) {
        if (scheme != Scheme.NPM && scheme != Scheme.CARGO) {
            return version;
        }
        return Partial.of(version).map(Partial::filled).orElse(version);
    }

    private static Range exactly(String version) {
        return new Range(version, true, version, true);
    }

    private static Range between(String from, String to) {
        return new Range(from, true, to, false);
    }

    /**
     * Where {@code ~> version} ends: its last number left out and the one before it raised, pre-releases of that not included.
     * {@code 1.2.3} ends at {@code 1.3.a}, {@code 2.0} and {@code 2} at {@code 3.a}; letters are the lowest part of a gem version.
     */
    private static Optional<String> nextInGem(String version) {
        StringBuilder kept = new StringBuilder();
        String last = "";
        for (String part : version.split("[.-]")) {
            if (!Partial.isNumber(part)) {
                break;
            }
            if (!last.isEmpty()) {
                kept.append(kept.isEmpty() ? "" : ".").append(last);
            }
            last = part;
        }
        if (last.isEmpty()) {
            return Optional.empty();
        }
        String raised = kept.isEmpty() ? last : kept.toString();
        int dot = raised.lastIndexOf('.');
        return Partial.next(raised.substring(dot + 1)).map(next -> raised.substring(0, dot + 1) + next + ".a");
    }
}
