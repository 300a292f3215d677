package dev.holdfast.sensor.network;

import dev.holdfast.sensor.Probe;
import dev.holdfast.sensor.libbpf.HeldFolder;
import dev.holdfast.sensor.libbpf.KernelMap;
import dev.holdfast.sensor.libbpf.KernelObject;
import dev.holdfast.sensor.libbpf.PinnedObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * A control group that is cut off the network, as a folder in the file system of BPF:
 *
 * <pre>
 * allowed    map: the prefixes that are let through
 * counts     map: packets dropped on the way out, on the way in, let through; whether the loopback is kept
 * egress     link: the program that judges what goes out
 * ingress    link: the program that judges what comes in
 * </pre>
 *
 * The maps are pinned first, then what goes out is cut, then what comes in: a folder without both links is a cut that was interrupted.
 */
public final class NetworkCut {
    /** More than fit into the kernel's table would be refused by it in the middle. */
    public static final int MOST_EXCEPTIONS = 256;

    private static final List<String> PINS = List.of("allowed", "counts", "egress", "ingress");
    private static final int KEPT_LOOPBACK = 3;

    /**
     * What is let through all the same.
     *
     * @param keepLoopback whether processes that share the network may talk to each other over their loopback
     * @param exceptions addresses that may be talked to
     */
    public record Openings(boolean keepLoopback, List<AddressPrefix> exceptions) {
        /** Nothing. */
        public static final Openings NONE = new Openings(false, List.of());

        public Openings {
            exceptions = List.copyOf(new TreeSet<>(exceptions));
        }
    }

    /**
     * A cut as the kernel has it.
     *
     * @param group whose; 0 when the group has ended, empty when neither program is attached
     * @param isWhole whether both directions are cut
     * @param droppedOut packets that were dropped on the way out
     * @param droppedIn packets that were dropped on the way in
     * @param passed packets that were let through
     */
    public record State(
            OptionalLong group, boolean isWhole, Openings openings, long droppedOut, long droppedIn, long passed) {}

    private NetworkCut() {}

    /** Why nothing can be cut on this machine, in a line; empty when it can, as far as can be seen without trying. */
    public static Optional<String> missing() {
        return KernelObject.missingLibrary();
    }

    /**
     * Cuts a group off.
     *
     * @param pins a folder in the file system of BPF that is not there yet, in one that is
     */
    public static void make(HeldFolder group, Path pins, Openings openings) throws IOException {
        Optional<String> missing = missing();
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
        Files.createDirectory(pins); // fails when it is there: what others pinned is not touched
        boolean hasIpv6 = openings.exceptions().stream().anyMatch(AddressPrefix::isIpv6);
        try (KernelObject object = KernelObject.open(Probe.programs("respond"))) {
            object.configure(".rodata", openings.keepLoopback() ? 1 : 0, hasIpv6 ? 1 : 0);
            object.load();
            KernelMap allowed = object.map("allowed");
            for (AddressPrefix prefix : openings.exceptions()) {
                allowed.write(prefix.key(), new byte[] {1, 0, 0, 0});
            }
            object.map("counts").write(KEPT_LOOPBACK, number(openings.keepLoopback() ? 1 : 0));
            object.pin("allowed", pins.resolve("allowed"));
            object.pin("counts", pins.resolve("counts"));
            object.attachForGood("cut_egress", group, pins.resolve("egress"));
            object.attachForGood("cut_ingress", group, pins.resolve("ingress"));
        } catch (IOException | RuntimeException failed) {
            removeAfter(failed, pins);
            throw failed;
        }
    }

    private static void removeAfter(Exception failed, Path pins) {
        try {
            remove(pins);
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putLong(value)
                .array();
    }

    /** Reads a cut. */
    public static State read(Path pins) throws IOException {
        OptionalLong out = group(pins.resolve("egress"));
        OptionalLong in = group(pins.resolve("ingress"));
        boolean isWhole = out.isPresent() && out.equals(in);
        OptionalLong group = out.isPresent() ? out : in;
        try (PinnedObject counts = PinnedObject.open(pins.resolve("counts"));
                PinnedObject allowed = PinnedObject.open(pins.resolve("allowed"))) {
            List<AddressPrefix> exceptions = allowed.map().keys(AddressPrefix.KEY_BYTES, MOST_EXCEPTIONS).stream()
                    .map(AddressPrefix::ofKey)
                    .toList();
            KernelMap numbers = counts.map();
            Openings openings = new Openings(numbers.number(KEPT_LOOPBACK) != 0, exceptions);
            return new State(group, isWhole, openings, numbers.number(0), numbers.number(1), numbers.number(2));
        } catch (NoSuchFileException interrupted) {
            return new State(group, isWhole, Openings.NONE, 0, 0, 0);
        }
    }

    private static OptionalLong group(Path link) throws IOException {
        try (PinnedObject pinned = PinnedObject.open(link)) {
            return pinned.group();
        } catch (NoSuchFileException absent) {
            return OptionalLong.empty();
        }
    }

    /** Takes the programs out, and everything that was kept; nothing when there is nothing. */
    public static void remove(Path pins) throws IOException {
        if (!Files.isDirectory(pins, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (String pin : PINS.reversed()) {
            Files.deleteIfExists(pins.resolve(pin));
        }
        Files.delete(pins);
    }

    /** The folders of cuts below a folder, by their names. */
    public static List<Path> under(Path folder) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, "disconnect-*")) {
                children.forEach(found::add);
            } catch (DirectoryIteratorException failed) {
                throw failed.getCause();
            }
        }
        return List.copyOf(found);
    }
}
