package dev.holdfast.rules.event;

import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.rules.text.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event whose fields somebody has written down: for trying rules, and for tests of rules. */
public final class GivenEvent implements Event {
    private final String source;
    private final EventType type;
    private final long time;
    private final long number;
    private final Map<FieldUse, Value> values = new LinkedHashMap<>();

    public GivenEvent(String source, EventType type, long time, long number) {
        this.source = source;
        this.type = type;
        this.time = time;
        this.number = number;
    }

    /**
     * Gives a field, written as in rules ({@code proc.aname[2]}), its values; several for a list.
     *
     * @throws InputException when the source has no such field, or the text is no value of its type
     */
    public GivenEvent with(String written, List<String> texts) throws InputException {
        FieldUse use = use(written);
        Value value = new Value();
        if (use.isList()) {
            value.setList();
            for (String text : texts) {
                read(use, text, value.add());
            }
        } else if (texts.size() == 1) {
            read(use, texts.getFirst(), value);
        } else {
            throw wrong(written, "has one value, not " + texts.size());
        }
        values.put(use, value);
        return this;
    }

    /** Gives a field its one value. */
    public GivenEvent with(String written, String text) throws InputException {
        return with(written, List.of(text));
    }

    private FieldUse use(String written) throws InputException {
        int bracket = written.indexOf('[');
        Optional<FieldUse> use = bracket > 0 && written.endsWith("]")
                ? FieldCatalogue.standard()
                        .use(
                                source,
                                written.substring(0, bracket),
                                written.substring(bracket + 1, written.length() - 1))
                : FieldCatalogue.standard().use(source, written);
        return use.orElseThrow(() -> wrong(
                written,
                "is no field of events of " + source
                        + Nearest.hint(
                                written,
                                FieldCatalogue.standard().fields(source).stream()
                                        .map(Field::name)
                                        .toList())));
    }

    private static void read(FieldUse use, String text, Value into) throws InputException {
        boolean isRead = switch (use.field().type()) {
            case TEXT, BYTES -> {
                into.set(text);
                yield true;
            }
            case DYNAMIC -> {
                if (!readLong(text, into)) {
                    into.set(text);
                }
                yield true;
            }
            case LONG, TIME, DURATION -> readLong(text, into);
            case DOUBLE -> readDouble(text, into);
            case BOOLEAN -> {
                into.set(text.equals("true"));
                yield text.equals("true") || text.equals("false");
            }
            case ADDRESS, NETWORK -> Addresses.read(text, into);
        };
        if (!isRead) {
            throw wrong(
                    use.written(), "is a " + use.field().type().word() + ", and \"" + SafeText.of(text) + "\" is none");
        }
    }

    private static boolean readLong(String text, Value into) {
        try {
            into.set(Long.parseLong(text));
            return true;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    private static boolean readDouble(String text, Value into) {
        try {
            into.set(Double.parseDouble(text));
            return true;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    private static InputException wrong(String written, String problem) {
        return new InputException(InputException.Code.MALFORMED, SafeText.of(written) + " " + problem);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public EventType type() {
        return type;
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int aspect() {
        boolean hasFailed = values.entrySet().stream()
                .anyMatch(each -> each.getKey().written().equals("evt.failed")
                        && each.getValue().isTrue());
        return ExecutionAspect.of(type, hasFailed);
    }

    @Override
    public void read(FieldUse use, Value into) {
        Value value = values.get(use);
        if (value != null) {
            into.set(value);
        }
    }
}
