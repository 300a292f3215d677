package dev.holdfast.sensor.process;

import java.util.List;

/**
 * What a process executes; a forked process shares it with its parent.
 *
 * @param path the executable's real path, as the process sees it; empty when unknown
 * @param given the program as it was written in the call; empty when unknown
 * @param arguments all of them, with the program's own name first
 * @param folder the current folder at that time
 * @param environment the variables, empty when they were not asked for
 * @param inode of the executable
 * @param changed when the inode of the executable changed, nanoseconds since 1970; 0 when unknown
 * @param modified when its content was modified, likewise
 * @param isUpperLayer whether the executable lies in the writable layer of a container
 * @param isMemfd whether it has no file
 * @param begun when it was executed, in nanoseconds since boot
 * @param loginUid the user who logged in, -1 when nobody did
 * @param terminal number of the terminal, 0 for none
 * @param streams what standard input, output and error were when it was executed, as rules name descriptors, "" for one that is closed or
 *     has no name; empty when unknown
 */
public record Program(
        String path,
        String given,
        List<String> arguments,
        String folder,
        List<String> environment,
        long inode,
        long changed,
        long modified,
        boolean isUpperLayer,
        boolean isMemfd,
        long begun,
        int loginUid,
        int terminal,
        int session,
        int group,
        long effective,
        long permitted,
        long inheritable,
        int mountNamespace,
        int pidNamespace,
        List<String> streams) {

    /** Of a process about which nothing could be found out. */
    public static final Program UNKNOWN = new Program(
            "", "", List.of(), "", List.of(), 0, 0, 0, false, false, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    public Program {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        streams = List.copyOf(streams);
    }

    /** The program's own name for itself; empty when unknown. */
    public String first() {
        return arguments.isEmpty() ? "" : arguments.getFirst();
    }

    /** The arguments behind the first, joined with blanks. */
    public String rest() {
        return arguments.size() < 2 ? "" : String.join(" ", arguments.subList(1, arguments.size()));
    }

    /** Texts that each end with a zero byte, as the kernel keeps arguments. */
    public static List<String> split(String joined) {
        if (joined.isEmpty()) {
            return List.of();
        }
        String text = joined.endsWith("\0") ? joined.substring(0, joined.length() - 1) : joined;
        return List.of(text.split("\0", -1));
    }
}
