package dev.holdfast.rules.event;

/**
 * One thing that happened. An implementation may be one object that is filled again for every event: the engine keeps nothing of it after
 * a match.
 */
public interface Event {
    /** The source of events of the kernel. */
    String SYSCALL = "syscall";

    /** The source of the audit events of a Kubernetes API server. */
    String K8S_AUDIT = "k8s_audit";

    /** Where the event comes from: {@link #SYSCALL}, {@link #K8S_AUDIT}, or the name of another source of events. */
    String source();

    /** What happened; {@link EventType#PLUGIN_EVENT} for every source but the kernel. */
    EventType type();

    /** When it happened, in nanoseconds since the epoch. */
    long time();

    /** Its number in the order of its source, from 1. */
    long number();

    /**
     * Whether it tells that a system call was entered and has not returned. Only old captures have such events beside those of the return; a
     * call is one event, told when it returns.
     */
    default boolean isEntry() {
        return false;
    }

    /**
     * Writes the value of a field into a value that is {@linkplain Value.Kind#ABSENT absent} when this is called, and leaves it so when the
     * event has no such value. Never called for fields that are {@linkplain Field#isCommon() common}. Which kind is written is said by
     * {@link Field#type()}; a field that {@linkplain Field#isList() is a list}, or {@linkplain Field#isAnyOf() stands for several values} and
     * is used without its argument, writes a list, an empty one when there are no elements.
     */
    void read(FieldUse use, Value into);

    /**
     * Says where the text of a field lies, for who needs its bytes only: the text that {@link #read} gives, in UTF-8, where bytes that are none
     * stand for U+FFFD. False when it lies nowhere, or is absent: then reading tells.
     */
    default boolean locate(FieldUse use, TextPlace into) {
        return false;
    }

    /**
     * Of a file that was opened its {@link OpenAspect}, of an execution its {@link ExecutionAspect}; {@link OpenAspect#UNKNOWN} of everything
     * else, and when the source does not say.
     */
    default int aspect() {
        return OpenAspect.UNKNOWN;
    }

    /**
     * What the engine remembers about the process that did it; {@link ProcessMemory#NONE} when nothing may be remembered. The source
     * {@linkplain ProcessMemory#forget() forgets} it whenever a field that {@linkplain Field#isOfProcess() belongs to the process} changes:
     * on exec, on a new parent, when its container becomes known, and when an ancestor does so.
     */
    default ProcessMemory process() {
        return ProcessMemory.NONE;
    }
}
