package dev.holdfast.check.exception;

import dev.holdfast.check.Result;
import dev.holdfast.core.text.Wildcard;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A decision that some findings do not count; the words are those of the file of exceptions.
 *
 * @param ids rules; empty: every rule within the scope
 * @param path pattern of files; empty: every file
 * @param target pattern of {@code Kind namespace/name}, {@code namespace/name} or whatever else a finding is about; empty: everything
 * @param lines in a file, where the exception stands in it
 * @param reason why
 * @param owner who answers for it; empty when nobody is named
 * @param expires the last day on which it holds; empty: for ever
 * @param at where it is written
 */
public record Exemption(
        List<String> ids,
        String path,
        String target,
        Optional<Lines> lines,
        String reason,
        String owner,
        Optional<LocalDate> expires,
        Spot at) {
    public Exemption {
        ids = List.copyOf(ids);
    }

    /** Lines of one file, both ends included. */
    public record Lines(String path, int first, int last) {
        boolean hold(Result result) {
            int line = result.place().line();
            return result.path().equals(path) && line >= first && line <= last;
        }
    }

    /** A line of a file. */
    public record Spot(String path, int line) {
        @Override
        public String toString() {
            return line > 0 ? path + ":" + line : path;
        }
    }

    /** Whether it no longer holds on that day. */
    public boolean hasExpired(LocalDate day) {
        return expires.map(last -> last.isBefore(day)).orElse(false);
    }

    /** Whether it is about this finding, whatever the day. */
    boolean isAbout(Result result) {
        return (ids.isEmpty() || ids.contains(result.rule()))
                && lines.map(range -> range.hold(result)).orElse(true)
                && (path.isEmpty() || Wildcard.matches(path, result.path()))
                && (target.isEmpty() || isTarget(result.subject()));
    }

    /** {@code Deployment shop/web, container app} is meant by itself, without its container, and without its kind. */
    private boolean isTarget(String subject) {
        int comma = subject.indexOf(", ");
        String object = comma < 0 ? subject : subject.substring(0, comma);
        int space = object.indexOf(' ');
        return Wildcard.matches(target, subject)
                || Wildcard.matches(target, object)
                || space > 0 && Wildcard.matches(target, object.substring(space + 1));
    }

    /** What reports say of it: where it stands, who answers for it, how long, and why. */
    public String told() {
        return at + (owner.isEmpty() ? "" : ", " + owner)
                + expires.map(day -> ", until " + day).orElse("") + ": " + reason;
    }
}
