package dev.holdfast.respond.journal;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.respond.Action;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of the journal.
 *
 * <pre>
 * schema     holdfast-journal/1
 * number     1, 2, 3 ...
 * previous   the digest of the line before, without its line end; of nothing for the first
 * time       RFC 3339, UTC
 * kind       intent    something is about to be done      action, target, before, by, reason, exceptions, loopback
 *            undo      it is about to be taken back       of, target, by, reason
 *            outcome   what became of an intent or undo   of, result, text
 *            note      anything else                      text
 *            compacted the first line of a journal whose lines before this one were put away, save those that follow
 *                                                         kept, text
 * </pre>
 *
 * @param of the number of the entry that this one is about; 0 for none
 * @param before how it was before: so by another entry ({@code entry NUMBER}), so by somebody else ({@code already}), the limit of processes
 *     that was, or nothing
 * @param text a sentence for a person
 * @param kept the digests of the lines behind a compaction that were kept of those before it, each as it was
 */
public record Entry(
        long number,
        String previous,
        Instant time,
        Kind kind,
        long of,
        Optional<Action> action,
        Optional<Subject> subject,
        String before,
        Settings settings,
        String result,
        String by,
        String text,
        List<String> kept) {
    public Entry {
        kept = List.copyOf(kept);
    }

    /** What a line is about. */
    public enum Kind {
        INTENT,
        UNDO,
        OUTCOME,
        NOTE,
        COMPACTED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String word) {
            return List.of(values()).stream()
                    .filter(each -> each.word().equals(word))
                    .findFirst();
        }
    }

    /**
     * Whom it is done to: what finds the very same group again, and nothing else.
     *
     * @param container the engine's id
     * @param name as people call it
     * @param image as it was asked for; empty when unknown
     * @param digest of the image; empty when unknown
     * @param group the path of the control group
     * @param groupId the inode of its folder
     */
    public record Subject(String container, String name, String image, String digest, String group, long groupId) {}

    /** What was let through: only of a disconnection. */
    public record Settings(boolean keepsLoopback, List<String> exceptions) {
        public static final Settings NONE = new Settings(false, List.of());

        public Settings {
            exceptions = List.copyOf(exceptions);
        }
    }

    /** Whether it is a deed that did just this to a group. */
    public boolean isFor(Action wanted, long group, Settings wantedSettings) {
        return kind == Kind.INTENT
                && action.filter(wanted::equals).isPresent()
                && subject.filter(each -> each.groupId == group).isPresent()
                && settings.equals(wantedSettings);
    }

    /** The line, without an end. */
    byte[] line() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonWriter json = JsonWriter.oneLine(bytes)) {
            json.object(() -> {
                json.text("schema", "holdfast-journal/1")
                        .number("number", number)
                        .text("previous", previous)
                        .text("time", time.toString())
                        .text("kind", kind.word());
                if (of > 0) {
                    json.number("of", of);
                }
                action.ifPresent(each -> json.text("action", each.word()));
                subject.ifPresent(each -> write(json, each));
                write(json, "before", before);
                if (settings.keepsLoopback) {
                    json.flag("loopback", true);
                }
                if (!settings.exceptions.isEmpty()) {
                    json.texts("exceptions", settings.exceptions);
                }
                write(json, "result", result);
                write(json, "by", by);
                write(json, "text", text);
                if (!kept.isEmpty()) {
                    json.texts("kept", kept);
                }
            });
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonWriter json, Subject subject) {
        json.object("target", () -> {
            json.text("container", subject.container).text("name", subject.name);
            write(json, "image", subject.image);
            write(json, "digest", subject.digest);
            json.text("group", subject.group).number("groupId", subject.groupId);
        });
    }

    private static void write(JsonWriter json, String name, String text) {
        if (!text.isEmpty()) {
            json.text(name, text);
        }
    }

    /** Reads a line. */
    static Entry read(byte[] line) throws InputException {
        JsonValue json = Json.parse(line, Limits.DEFAULT);
        Optional<Kind> kind = json.get("kind").text().flatMap(Kind::of);
        Optional<Long> number = json.get("number").integer();
        if (kind.isEmpty()
                || number.isEmpty()
                || !json.get("schema").text().orElse("").equals("holdfast-journal/1")) {
            throw new InputException(InputException.Code.MALFORMED, "no line of a journal (holdfast-journal/1)");
        }
        Optional<Action> action = json.get("action").text().flatMap(Action::of);
        Optional<Subject> subject = subject(json.get("target"));
        long of = json.get("of").integer().orElse(0L);
        boolean isWhole = switch (kind.get()) {
            case INTENT -> action.isPresent() && subject.isPresent();
            case UNDO -> action.isPresent() && subject.isPresent() && of > 0;
            case OUTCOME -> of > 0;
            case NOTE, COMPACTED -> true;
        };
        if (!isWhole) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "a line of the kind " + kind.get().word() + " that does not say what it is about");
        }
        return new Entry(
                number.get(),
                word(json, "previous"),
                time(json),
                kind.get(),
                of,
                action,
                subject,
                word(json, "before"),
                new Settings(
                        json.get("loopback").isTrue(), json.get("exceptions").texts()),
                word(json, "result"),
                word(json, "by"),
                word(json, "text"),
                json.get("kept").texts());
    }

    private static Optional<Subject> subject(JsonValue target) throws InputException {
        if (word(target, "group").indexOf('\0') >= 0) {
            throw new InputException(InputException.Code.MALFORMED, "the path of a group that none can have");
        }
        return target.isAbsent()
                ? Optional.empty()
                : Optional.of(new Subject(
                        word(target, "container"),
                        word(target, "name"),
                        word(target, "image"),
                        word(target, "digest"),
                        word(target, "group"),
                        target.get("groupId").integer().orElse(0L)));
    }

    private static Instant time(JsonValue json) throws InputException {
        try {
            return Instant.parse(word(json, "time"));
        } catch (DateTimeException wrong) {
            throw new InputException(InputException.Code.MALFORMED, "a line of a journal without its time", wrong);
        }
    }

    private static String word(JsonValue json, String name) {
        return json.get(name).text().orElse("");
    }
}
