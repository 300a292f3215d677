package dev.holdfast.watch.scap;

import dev.holdfast.watch.host.Arguments;
import dev.holdfast.watch.host.Descriptor;
import dev.holdfast.watch.host.ErrorNames;
import dev.holdfast.watch.host.Host;
import dev.holdfast.watch.host.Paths;
import dev.holdfast.watch.host.Task;
import dev.holdfast.watch.scap.EventTable.Parameter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a system call: those that were recorded when it returned, and behind them those that were recorded only when it was
 * entered. So old captures, which split them, read like new ones.
 */
final class CallArguments implements Arguments {
    /** The number that stands for the working folder where a descriptor of a folder is asked for. */
    static final long WORKING_FOLDER = -100;

    private static final long NOBODY = 0xffff_ffffL;
    private static final long SECOND = 1_000_000_000L;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.nnnnnnnnn '+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final RawEvent event;
    private final @Nullable RawEvent entry;
    private final Task task;
    private final Host host;
    /** Of the entry: which of its parameters stand behind those of the event. */
    private final int[] added;

    CallArguments(RawEvent event, @Nullable RawEvent entry, Task task, Host host) {
        this.event = event;
        this.entry = entry;
        this.task = task;
        this.host = host;
        this.added = entry == null ? new int[0] : added(event, entry);
    }

    private static int[] added(RawEvent event, RawEvent entry) {
        int[] added = new int[entry.count()];
        int count = 0;
        for (int i = 0; i < added.length; i++) {
            if (event.indexOf(entry.parameter(i).name()) < 0) {
                added[count++] = i;
            }
        }
        return java.util.Arrays.copyOf(added, count);
    }

    @Override
    public int size() {
        return event.count() + added.length;
    }

    @Override
    public int indexOf(String name) {
        for (int i = 0; i < size(); i++) {
            if (name(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private RawEvent holder(int index) {
        return index < event.count() || entry == null ? event : entry;
    }

    private int place(int index) {
        return index < event.count() ? index : added[index - event.count()];
    }

    private Parameter parameter(int index) {
        return holder(index).parameter(place(index));
    }

    @Override
    public String name(int index) {
        return parameter(index).name();
    }

    @Override
    public boolean isNumber(int index) {
        return parameter(index).type().isNumber() && holder(index).length(place(index)) > 0;
    }

    @Override
    public boolean isMissing(int index) {
        ParameterType type = parameter(index).type();
        return type.isNumber() && type != ParameterType.DYNAMIC && holder(index).length(place(index)) == 0;
    }

    @Override
    public long number(int index) {
        RawEvent holder = holder(index);
        int place = place(index);
        if (parameter(index).type() == ParameterType.DYNAMIC) {
            byte[] value = holder.value(place);
            return Cursor.number(value, Math.min(1, value.length), Math.clamp(value.length - 1, 0, 8));
        }
        long number = holder.number(place);
        // Old writers widened the -1 of no descriptor without its sign.
        return parameter(index).type() == ParameterType.FD && number == NOBODY ? -1 : number;
    }

    @Override
    public String plain(int index) {
        if (isMissing(index)) {
            return Task.UNKNOWN_NAME;
        }
        RawEvent holder = holder(index);
        int place = place(index);
        return switch (parameter(index).type()) {
            case STR, PATH, RELPATH -> holder.isKnownText(place) ? holder.text(place) : Task.UNKNOWN_NAME;
            case RELTIME -> number(index) == -1 ? "none" : Long.toUnsignedString(number(index));
            case TIME -> written(number(index));
            case ARGS -> joined(holder, place);
            case BYTES -> new String(holder.value(place), StandardCharsets.ISO_8859_1);
            case SOCKADDR -> Addresses.single(holder.value(place)).print();
            case TUPLE -> Addresses.pair(holder.value(place)).print();
            case FDLIST -> list(holder.value(place));
            case HEX8, HEX16, HEX32, HEX64 -> Long.toHexString(number(index)).toUpperCase(Locale.ROOT);
            case OCT32 -> octal(number(index));
            case FLAGS32 ->
                parameter(index).argument().equals("mode") ? octal(number(index)) : Long.toString(number(index));
            case UID, GID -> number(index) == NOBODY ? "-1" : Long.toString(number(index));
            case U64 -> Long.toUnsignedString(number(index));
            case U8,
                    U16,
                    U32,
                    I16,
                    I32,
                    I64,
                    ERRNO,
                    FD,
                    PID,
                    SIGNAL,
                    SYSCALL,
                    FLAGS16,
                    ENUM8,
                    ENUM16,
                    ENUM32,
                    ENUM64,
                    DYNAMIC -> Long.toString(number(index));
        };
    }

    /** A time of the clock, in UTC. */
    private static String written(long nanos) {
        return CLOCK.format(
                Instant.ofEpochSecond(Long.divideUnsigned(nanos, SECOND), Long.remainderUnsigned(nanos, SECOND)));
    }

    /** As C prints a number with six digits at most: {@code 0.25s}. */
    private static String seconds(long nanos) {
        BigDecimal seconds = new BigDecimal(Long.toUnsignedString(nanos)).movePointLeft(9);
        BigDecimal short6 = seconds.round(new MathContext(6, RoundingMode.HALF_EVEN));
        return (short6.signum() == 0 ? "0" : short6.stripTrailingZeros().toPlainString()) + "s";
    }

    private static String octal(long mode) {
        return mode == 0 ? "0" : "0" + Long.toOctalString(mode);
    }

    /** Arguments and the like, each with a dot behind it. */
    private static String joined(RawEvent holder, int place) {
        StringBuilder all = new StringBuilder();
        for (String text : holder.texts(place)) {
            all.append(text).append('.');
        }
        return all.toString();
    }

    /** Pairs of a descriptor and flags, behind their count of two bytes; a letter tells what each is. */
    private String list(byte[] bytes) {
        StringBuilder all = new StringBuilder();
        for (int at = 2; at + 10 <= bytes.length; at += 10) {
            long number = Cursor.number(bytes, at, 8);
            all.append(at == 2 ? "" : " ")
                    .append(number)
                    .append(':')
                    .append(task.descriptor(number)
                            .map(fd -> fd.kind().letter())
                            .orElse("?"))
                    .append(Long.toHexString(Cursor.number(bytes, at + 8, 2)));
        }
        return all.toString();
    }

    @Override
    public String meaning(int index) {
        if (isMissing(index)) {
            return "";
        }
        Parameter parameter = parameter(index);
        return switch (parameter.type()) {
            case ERRNO -> number(index) < 0 ? ErrorNames.of(number(index)) : "";
            case FD -> descriptor(number(index));
            case PID -> host.known(number(index)).map(Task::name).orElse("");
            case UID -> number(index) == NOBODY ? Task.UNKNOWN_NAME : host.shownUser(number(index));
            case GID -> number(index) == NOBODY ? Task.UNKNOWN_NAME : host.shownGroup(number(index));
            case SIGNAL -> Words.enumeration("signal", number(index));
            case RELTIME -> number(index) == -1 ? "" : seconds(number(index));
            case SYSCALL -> EventTable.TABLE.syscall(number(index), number("nativeID", -1));
            case FLAGS16, FLAGS32 -> Words.flags(parameter.argument(), number(index));
            case ENUM8, ENUM16, ENUM32, ENUM64 -> Words.enumeration(parameter.argument(), number(index));
            case PATH, RELPATH -> absolute(index, parameter);
            case U8,
                    U16,
                    U32,
                    U64,
                    I16,
                    I32,
                    I64,
                    HEX8,
                    HEX16,
                    HEX32,
                    HEX64,
                    OCT32,
                    TIME,
                    STR,
                    ARGS,
                    BYTES,
                    SOCKADDR,
                    TUPLE,
                    FDLIST,
                    DYNAMIC -> "";
        };
    }

    private String descriptor(long number) {
        if (number == WORKING_FOLDER) {
            return "AT_FDCWD";
        }
        if (number < 0) {
            return ErrorNames.of(number);
        }
        Optional<Descriptor> known = task.descriptor(number);
        return known.map(fd -> "<" + fd.kind().letter() + transport(fd) + ">" + fd.name())
                .orElse("");
    }

    /** The first letter of what a socket of the internet families carries. */
    private static String transport(Descriptor descriptor) {
        return descriptor
                .socket()
                .filter(socket ->
                        descriptor.kind().isInternet() && !socket.protocol().isEmpty())
                .map(socket -> socket.protocol().substring(0, 1))
                .orElse("");
    }

    /** The absolute path, when it is another than what was written. */
    private String absolute(int index, Parameter parameter) {
        String path = plain(index);
        String resolved = Paths.resolve(folder(parameter), path);
        return resolved.equals(path) || path.equals(Task.UNKNOWN_NAME) ? "" : resolved;
    }

    /** The absolute path that a parameter means; empty when there is no such parameter. */
    String path(String name) {
        int index = indexOf(name);
        if (index < 0 || !holder(index).isKnownText(place(index))) {
            return "";
        }
        return Paths.resolve(folder(parameter(index)), plain(index));
    }

    /**
     * The same, of the path as it was when the call was entered, where that was recorded: what stands in memory when the call returns may
     * be another than the kernel has read.
     */
    String enteredPath(String name) {
        int index = indexOf(name);
        return index < 0
                ? ""
                : entered(name)
                        .map(text -> Paths.resolve(folder(parameter(index)), text))
                        .orElseGet(() -> path(name));
    }

    /** A text as it was when the call was entered; as it is now where that was not recorded. */
    String enteredText(String name) {
        return entered(name).orElseGet(() -> plain(name));
    }

    private Optional<String> entered(String name) {
        int index = entry == null ? -1 : entry.indexOf(name);
        return entry == null || index < 0 || !entry.isKnownText(index)
                ? Optional.empty()
                : Optional.of(entry.text(index)).filter(text -> !text.isEmpty());
    }

    /** The folder that a relative path starts from. */
    private String folder(Parameter parameter) {
        if (parameter.type() != ParameterType.RELPATH) {
            return task.workingFolder();
        }
        long number = number(parameter.argument(), WORKING_FOLDER);
        return number == WORKING_FOLDER
                ? task.workingFolder()
                : task.descriptor(number).map(Descriptor::name).orElse("");
    }

    /** The addresses of a parameter; empty when there is no such parameter, or it is empty. */
    Optional<Addresses> pair(String name) {
        int index = indexOf(name);
        return index < 0 || holder(index).length(place(index)) == 0
                ? Optional.empty()
                : Optional.of(Addresses.pair(holder(index).value(place(index))));
    }

    Optional<Addresses> single(String name) {
        int index = indexOf(name);
        return index < 0 || holder(index).length(place(index)) == 0
                ? Optional.empty()
                : Optional.of(Addresses.single(holder(index).value(place(index))));
    }
}
