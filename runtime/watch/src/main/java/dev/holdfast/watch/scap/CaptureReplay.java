package dev.holdfast.watch.scap;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.watch.audit.AuditEvent;
import dev.holdfast.watch.host.Container;
import dev.holdfast.watch.host.Host;
import dev.holdfast.watch.host.SyscallEvent;
import dev.holdfast.watch.host.SyscallEvent.Head;
import dev.holdfast.watch.host.Task;
import dev.holdfast.watch.scap.CaptureReader.Block;
import dev.holdfast.watch.scap.DescriptorChanges.Subject;
import dev.holdfast.watch.source.EventSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plays a capture: follows what its events change, and hands out those that rules may ask about. Captures from before 2025 hold two events a
 * call, one when it was entered and one when it returned; the entries are handed out only when asked for, since rules of today do not expect
 * them. An event of a plugin is an event of its own source: one of an audit log of Kubernetes is handed out as that, others are counted.
 */
public final class CaptureReplay implements EventSource {
    /** As many tasks as Falco follows, and enough for any host that was captured. */
    private static final int MOST_TASKS = 1 << 18;

    private static final int OLD_CONTAINER = 228;
    private static final int CONTAINER = 272;
    private static final int LARGE_CONTAINER = 324;
    private static final int USER_ADDED = 354;
    private static final int GROUP_ADDED = 358;
    private static final int PLUGIN = 322;
    private static final int ASYNCHRONOUS = 402;

    private final String name;
    private final CaptureReader reader;
    private final Limits limits;
    private final boolean withEntries;
    private final Gaps gaps = new Gaps();
    private final Host host = new Host(MOST_TASKS);
    private final TaskChanges changes = new TaskChanges(host);
    /** By thread: the call that it is in. */
    private final Map<Long, RawEvent> entered = new HashMap<>();

    private @Nullable Task leaving;
    private long first;
    private long previous;
    private long unknown;
    private long damaged;
    /** By the number of the plugin: events of it that nobody here can read. */
    private final Map<Long, Long> ofPlugins = new TreeMap<>();

    private boolean isOver;
    private volatile boolean isStopped;

    private CaptureReplay(String name, CaptureReader reader, Limits limits, boolean withEntries) {
        this.name = name;
        this.reader = reader;
        this.limits = limits;
        this.withEntries = withEntries;
    }

    /** Whether a file that begins like this may be a capture; eight bytes of the unpacked file are enough. */
    public static boolean isCapture(byte[] begin) {
        return CaptureReader.isSection(begin);
    }

    /**
     * Opens a capture.
     *
     * @param name for messages
     * @param withEntries whether the events of entering a call are handed out too, where the capture has them
     */
    public static CaptureReplay open(String name, InputStream file, Limits limits, boolean withEntries)
            throws InputException, IOException {
        try {
            return new CaptureReplay(name, CaptureReader.open(file, limits), limits, withEntries);
        } catch (InputException wrong) {
            throw wrong.in(name);
        }
    }

    @Override
    public Optional<? extends Event> next() throws InputException, IOException {
        while (!isOver && !isStopped) {
            Optional<Block> block;
            try {
                block = reader.next();
            } catch (InputException broken) {
                end(broken);
                break;
            }
            if (block.isEmpty()) {
                end();
                break;
            }
            Optional<? extends Event> event = take(block.get());
            if (event.isPresent()) {
                return event;
            }
        }
        return Optional.empty();
    }

    private void end(InputException broken) throws InputException {
        if (reader.events() == 0) {
            throw broken.in(name);
        }
        gaps.add(
                broken.code() == InputException.Code.LIMIT ? Gap.Code.LIMIT : Gap.Code.UNREADABLE,
                name,
                broken.getMessage() + "; the " + reader.events() + " events before were read");
        end();
    }

    private void end() throws InputException {
        isOver = true;
        if (unknown > 0) {
            gaps.add(Gap.Code.UNSUPPORTED, name, unknown + " events of kinds that are newer than this program");
        }
        ofPlugins.forEach((plugin, count) -> gaps.add(
                Gap.Code.UNSUPPORTED,
                name,
                count + " events of the plugin with number " + plugin + ", which are no audit events of Kubernetes"));
        if (damaged > 0) {
            gaps.add(Gap.Code.UNREADABLE, name, damaged + " damaged events or lists were passed over");
        }
        if (host.notFollowed() > 0) {
            gaps.add(Gap.Code.LIMIT, name, host.notFollowed() + " tasks beyond " + MOST_TASKS + " were not followed");
        }
    }

    private Optional<? extends Event> take(Block block) throws InputException {
        try {
            if (block.isEvent()) {
                Optional<RawEvent> event = reader.event(block);
                if (event.isEmpty()) {
                    unknown++;
                    return Optional.empty();
                }
                return follow(event.get());
            }
            list(block);
        } catch (InputException wrong) {
            if (block.type() == CaptureReader.SECTION) {
                throw wrong.in(name);
            }
            damaged++;
        }
        return Optional.empty();
    }

    private void list(Block block) throws InputException {
        if (ProcessList.version(block.type()) > 0) {
            ProcessList.read(block, host);
            return;
        }
        switch (block.type()) {
            case CaptureReader.SECTION -> {
                CaptureReader.checkSection(block);
                host.clear();
                entered.clear();
            }
            case 0x201, 0x8002ABCD -> machine(block.body());
            case UserList.OLD, UserList.VERY_OLD, UserList.NEW -> UserList.read(block, host);
            case DescriptorList.OLD, DescriptorList.VERY_OLD, DescriptorList.NEW -> DescriptorList.read(block, host);
            default -> {} // interfaces, and what later writers add
        }
    }

    private void machine(Cursor body) throws InputException {
        body.skip(20);
        byte[] hostName = body.take(Math.min(128, body.remaining()));
        List<String> texts = RawEvent.split(hostName, 0, hostName.length);
        host.name(texts.isEmpty() ? "" : texts.getFirst());
    }

    private Optional<? extends Event> follow(RawEvent event) {
        if (leaving != null) {
            host.remove(leaving);
            entered.remove(leaving.tid());
            leaving = null;
        }
        if (event.kind().code() == PLUGIN) {
            return ofPlugin(event);
        }
        if (event.kind().category().equals("internal")) {
            note(event);
            return Optional.empty();
        }
        if (first == 0) {
            first = event.time();
            previous = first;
        }
        Optional<SyscallEvent> seen = isCall(event) ? call(event) : other(event);
        previous = event.time();
        return seen;
    }

    /** What the plugin for audit logs of Kubernetes, and those for the clouds, capture is an audit event as JSON. */
    private Optional<AuditEvent> ofPlugin(RawEvent event) {
        byte[] data = event.count() > 1 ? event.value(1) : new byte[0];
        Optional<AuditEvent> audit = AuditEvent.read(data, limits, event.number());
        if (audit.isEmpty()) {
            ofPlugins.merge(event.number("plugin_id", 0), 1L, Long::sum);
        }
        return audit;
    }

    /** Whether a thread is inside of a call between the event and its counterpart. */
    private static boolean isCall(RawEvent event) {
        return EventTable.TABLE.kind(event.kind().code() ^ 1).isPresent();
    }

    private Optional<SyscallEvent> call(RawEvent event) {
        Task task = host.task(event.tid());
        if (event.kind().isEntry()) {
            entered.put(event.tid(), event);
            if (!withEntries) {
                return Optional.empty();
            }
            CallArguments call = new CallArguments(event, null, task, host);
            return handOut(event, call, task, DescriptorChanges.entered(event, task), -1);
        }
        RawEvent entry = entered.remove(event.tid());
        if (entry != null && entry.kind().code() != event.kind().code() - 1) {
            entry = null;
        }
        CallArguments call = new CallArguments(event, entry, task, host);
        Task caller = changes.apply(event, call, task);
        Subject subject = DescriptorChanges.returned(event, call, caller);
        long latency = entry == null ? -1 : event.time() - entry.time();
        return handOut(event, new CallArguments(event, entry, caller, host), caller, subject, latency);
    }

    private Optional<SyscallEvent> other(RawEvent event) {
        note(event);
        Task task = host.task(event.tid());
        if (event.kind().name().equals("procexit")) {
            leaving = task;
            changes.left(event, task);
        }
        Task seen = event.kind().name().equals("container") ? containerTask(event, task) : task;
        return handOut(event, new CallArguments(event, null, seen, host), seen, Subject.NONE, -1);
    }

    /** A container that was found stands for a task inside of it. */
    private Task containerTask(RawEvent event, Task task) {
        Optional<Container> container = container(event);
        if (container.isEmpty()) {
            return task;
        }
        Task inside = task.child(task.tid(), task.pid());
        inside.name("container:" + container.get().shortId());
        inside.isIn(container.get());
        return inside;
    }

    private Optional<SyscallEvent> handOut(
            RawEvent event, CallArguments call, Task task, Subject subject, long latency) {
        String typeName = event.kind().name();
        boolean isGeneric = event.kind().code() <= EventTable.GENERIC_ENTRY + 1;
        if (isGeneric) {
            typeName = EventTable.TABLE.syscall(call.number("ID", 0), call.number("nativeID", -1));
        }
        Optional<EventType> type = EventType.of(typeName).or(() -> EventType.of("syscall"));
        boolean isCall = isCall(event);
        boolean isEntry = isCall && event.kind().isEntry();
        Head head = new Head(
                event.number(),
                event.time(),
                first,
                previous,
                latency,
                event.cpu(),
                event.kind().category(),
                isEntry,
                isCall);
        return type.map(known -> new SyscallEvent(
                host, known, head, task, call, subject.descriptor(), subject.number(), subject.nameChanged()));
    }

    /** Takes over what an event that is no call says about the host. */
    private void note(RawEvent event) {
        switch (event.kind().code()) {
            case OLD_CONTAINER, CONTAINER, LARGE_CONTAINER -> container(event).ifPresent(this::found);
            case ASYNCHRONOUS -> {
                if (List.of("container", "added").contains(event.text("name"))) {
                    notice(event.text("data")).ifPresent(this::found);
                }
            }
            case USER_ADDED -> {
                if (event.text("container_id").isEmpty()) {
                    host.users()
                            .put(
                                    event.number("uid", -1),
                                    new Host.User(event.text("name"), event.text("home"), event.text("shell")));
                }
            }
            case GROUP_ADDED -> {
                if (event.text("container_id").isEmpty()) {
                    host.groups().put(event.number("gid", -1), event.text("name"));
                }
            }
            default -> {}
        }
    }

    private Optional<Container> container(RawEvent event) {
        if (event.count() == 0) {
            return Optional.empty();
        }
        return event.kind().code() == OLD_CONTAINER
                ? Optional.of(ContainerNotice.old(
                        event.text("id"), event.number("type", -1), event.text("name"), event.text("image")))
                : notice(new String(event.value(0), StandardCharsets.UTF_8).replace("\0", ""));
    }

    private Optional<Container> notice(String json) {
        try {
            return ContainerNotice.read(json, limits);
        } catch (InputException wrong) {
            gaps.add(Gap.Code.UNREADABLE, name, "the description of a container: " + wrong.getMessage());
            return Optional.empty();
        }
    }

    /** From now on every task inside of it knows. */
    private void found(Container container) {
        host.containers().put(container.shortId(), container);
        for (Task task : host.tasks()) {
            if (task.container()
                    .filter(own -> own.shortId().equals(container.shortId()))
                    .isPresent()) {
                task.isIn(container);
            }
        }
    }

    @Override
    public List<Gap> gaps() {
        return gaps.list();
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
