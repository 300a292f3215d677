package dev.holdfast.advisory.feed.osv;

import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events of one OSV range, put in order and joined to intervals, as the schema's evaluation algorithm says.
 *
 * <p>Events may come in any order; they are sorted by version. An {@code introduced} opens an interval ({@code "0"} before every
 * version; fixed there, it never was), {@code fixed} closes it before and {@code last_affected} after its version. While an interval is open further
 * {@code introduced} change nothing, and while none is open a closing event changes nothing. Where events share a version, an open
 * interval is closed before one is opened again there ({@code fixed 2.0, introduced 2.0} goes on); with none open, the
 * {@code introduced} comes first ({@code introduced 2.0, last_affected 2.0} is that one version). A {@code limit} cuts off what is not
 * below it (of several, the highest); {@code "*"} is none.
 */
final class OsvEvents {
    private record Event(String version, Optional<VersionKey> key, Kind kind) {}

    private enum Kind {
        INTRODUCED,
        FIXED,
        LAST_AFFECTED
    }

    private final Scheme scheme;
    private final List<Event> events = new ArrayList<>();
    private Optional<Event> limit = Optional.empty();
    private boolean limited;

    private OsvEvents(Scheme scheme) {
        this.scheme = scheme;
    }

    /** The intervals of affected versions, lowest first; empty when the scheme does not allow one of the versions. */
    static Optional<List<Range>> ranges(Scheme scheme, JsonValue events) {
        OsvEvents range = new OsvEvents(scheme);
        for (JsonValue event : events.elements()) {
            if (!range.add(event)) {
                return Optional.empty();
            }
        }
        return Optional.of(range.joined());
    }

    private boolean add(JsonValue event) {
        return add(event.get("introduced"), Kind.INTRODUCED)
                && add(event.get("fixed"), Kind.FIXED)
                && add(event.get("last_affected"), Kind.LAST_AFFECTED)
                && addLimit(event.get("limit"));
    }

    private boolean add(JsonValue version, Kind kind) {
        Optional<String> text = version.scalar().map(String::strip);
        if (text.isEmpty()) {
            return true;
        }
        if (kind != Kind.LAST_AFFECTED && text.get().equals("0")) {
            events.add(new Event("", Optional.empty(), kind));
            return true;
        }
        Optional<VersionKey> key = scheme.key(text.get());
        events.add(new Event(text.get(), key, kind));
        return key.isPresent();
    }

    private boolean addLimit(JsonValue version) {
        Optional<String> text = version.scalar().map(String::strip);
        if (text.isEmpty()) {
            return true;
        }
        if (text.get().equals("*")) {
            limit = Optional.empty();
            limited = true;
            return true;
        }
        Optional<VersionKey> key = scheme.key(text.get());
        Event found = new Event(text.get(), key, Kind.FIXED);
        if (!limited || limit.isPresent() && compare(found, limit.get()) > 0) {
            limit = Optional.of(found);
            limited = true;
        }
        return key.isPresent();
    }

    private List<Range> joined() {
        events.sort(OsvEvents::compare);
        List<Range> ranges = new ArrayList<>();
        Optional<Event> open = Optional.empty();
        int next = 0;
        while (next < events.size()) {
            int end = next + 1;
            while (end < events.size() && compare(events.get(next), events.get(end)) == 0) {
                end++;
            }
            List<Event> together = events.subList(next, end);
            Optional<Event> introduced = first(together, Kind.INTRODUCED);
            Optional<Event> closing = first(together, Kind.LAST_AFFECTED).or(() -> first(together, Kind.FIXED));
            if (open.isPresent() && closing.isPresent()) {
                addUnlessEmpty(ranges, open.get(), closing);
                open = introduced;
            } else if (open.isEmpty() && introduced.isPresent()) {
                open = introduced;
                if (closing.isPresent()) {
                    addUnlessEmpty(ranges, introduced.get(), closing);
                    open = Optional.empty();
                }
            }
            next = end;
        }
        if (open.isPresent()) {
            addUnlessEmpty(ranges, open.get(), Optional.empty());
        }
        return ranges;
    }

    private void addUnlessEmpty(List<Range> ranges, Event from, Optional<Event> to) {
        Optional<Event> end = to;
        if (limit.isPresent() && (to.isEmpty() || compare(limit.get(), to.get()) <= 0)) {
            end = limit;
        }
        boolean inclusive = end.isPresent() && end.get().kind() == Kind.LAST_AFFECTED;
        int order = end.isEmpty() ? -1 : compare(from, end.get());
        if (order < 0 || order == 0 && inclusive) {
            ranges.add(new Range(from.version(), true, end.map(Event::version).orElse(""), inclusive));
        }
    }

    private static Optional<Event> first(List<Event> events, Kind kind) {
        for (Event event : events) {
            if (event.kind() == kind) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    /** Without a key it is the start of all versions. */
    private static int compare(Event a, Event b) {
        if (a.key().isEmpty() || b.key().isEmpty()) {
            return Boolean.compare(a.key().isPresent(), b.key().isPresent());
        }
        return a.key().get().compareTo(b.key().get());
    }
}
