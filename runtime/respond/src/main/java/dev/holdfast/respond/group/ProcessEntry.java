package dev.holdfast.respond.group;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc/PID} tells of a process that it cannot choose itself: its parent, when it began, and whose mounts it sees. In {@code stat}
 * the name stands in brackets and may hold anything; behind the last bracket come state, parent and, as the twentieth, the start in ticks.
 *
 * @param mounts its mount namespace, as {@code mnt:[4026531841]}
 */
record ProcessEntry(int parent, long started, String mounts) {
    private static final int PARENT = 1;
    private static final int START = 19;

    /**
     * Reads it; empty when there is no such process any more.
     *
     * @throws IOException when it is there and cannot be read
     */
    static Optional<ProcessEntry> of(Path proc, int number) throws IOException {
        Path folder = proc.resolve(Integer.toString(number));
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            String mounts = Files.readSymbolicLink(folder.resolve("ns/mnt")).toString();
            return Optional.of(
                    new ProcessEntry(Integer.parseInt(fields[PARENT]), Long.parseLong(fields[START]), mounts));
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        } catch (IOException failed) {
            if (!Files.exists(folder)) {
                return Optional.empty();
            }
            throw failed;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException odd) {
            throw new IOException(folder + "/stat is not what this kernel should write", odd);
        }
    }
}
