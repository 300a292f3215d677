package dev.holdfast.respond.deed;

import dev.holdfast.sensor.libbpf.HeldFolder;
import dev.holdfast.sensor.network.NetworkCut;
import dev.holdfast.sensor.network.NetworkCut.Openings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts that are kept in the kernel, as folders {@code disconnect-GROUP-N} in the file system of BPF, where GROUP is the inode of the control
 * group. A group may have several, with different openings: what one of them does not let through stays cut.
 */
public final class Cutting {
    private static final int MOST_OF_A_GROUP = 64;

    private final Path pins;

    /** A cut as it was found. */
    public record Cut(Path pins, long group, NetworkCut.State state) {}

    public Cutting(Path pins) {
        this.pins = pins;
    }

    /** All cuts; those of groups that have ended have no effect any more. */
    public List<Cut> all() throws IOException {
        List<Cut> cuts = new ArrayList<>();
        for (Path each : NetworkCut.under(pins)) {
            String[] parts = each.getFileName().toString().split("-");
            if (parts.length == 3 && parts[1].matches("[0-9]{1,18}")) {
                cuts.add(new Cut(each, Long.parseLong(parts[1]), NetworkCut.read(each)));
            }
        }
        return List.copyOf(cuts);
    }

    /** The cuts of a group that let through just this. */
    public List<Cut> of(long group, Openings openings) throws IOException {
        return all().stream()
                .filter(cut -> cut.group() == group)
                .filter(cut -> cut.state().openings().equals(openings))
                .toList();
    }

    /** Cuts a group off. */
    public void cut(HeldFolder group, long id, Openings openings) throws IOException {
        try {
            Files.createDirectories(pins);
        } catch (IOException failed) {
            throw new IOException(
                    pins + " cannot be made: " + failed.getMessage()
                            + "; what outlives a program is kept in the file system of BPF (mount -t bpf bpf /sys/fs/bpf)",
                    failed);
        }
        for (int i = 1; i <= MOST_OF_A_GROUP; i++) {
            if (isMade(group, pins.resolve("disconnect-" + id + "-" + i), openings)) {
                return;
            }
        }
        throw new IOException("this container is cut off " + MOST_OF_A_GROUP + " times already");
    }

    private static boolean isMade(HeldFolder group, Path cut, Openings openings) throws IOException {
        try {
            NetworkCut.make(group, cut, openings);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    /** Takes cuts out. */
    public void remove(List<Cut> cuts) throws IOException {
        for (Cut cut : cuts) {
            NetworkCut.remove(cut.pins());
        }
        try {
            Files.deleteIfExists(pins);
        } catch (java.nio.file.DirectoryNotEmptyException | NoSuchFileException others) {
            return; // cuts of other groups
        }
    }
}
