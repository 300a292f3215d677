package dev.holdfast.sensor.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code /proc} tells about processes, for those that began before we looked. Every file may be gone while we read: such a process is
 * left out. Texts are the processes' own, so sizes are bounded and nothing in them is believed.
 *
 * <pre>
 * /proc/N/stat     number (name) state parent group session terminal ... field 22: birth in ticks since boot
 * /proc/N/status   "NStgid:" numbers per namespace, outermost first; "Cap...:" sets in hexadecimal
 * /proc/N/cmdline  arguments, each with a zero behind it
 * /proc/N/exe, cwd links; /proc/N/loginuid
 * </pre>
 */
public final class ProcFiles {
    /** What a process says about itself; its parent may not be known. */
    public record Found(int pid, int parent, long started, int ownPid, String name, Program program) {}

    private static final int MOST = 64 << 10;
    /** USER_HZ is 100 on every processor that we carry programs for. */
    private static final long TICK = 10_000_000;

    private final Path root;

    public ProcFiles(Path root) {
        this.root = root;
    }

    /** How exact a birth is, in nanoseconds. */
    long tick() {
        return TICK;
    }

    /** All processes, in no order. */
    List<Found> all() {
        List<Found> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "[0-9]*")) {
            for (Path folder : folders) {
                number(folder.getFileName().toString()).flatMap(this::one).ifPresent(all::add);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException unreadable) {
            return all;
        }
        return all;
    }

    /** One process. */
    public Optional<Found> one(int pid) {
        Path folder = root.resolve(Integer.toString(pid));
        try {
            String stat = text(folder.resolve("stat"));
            int open = stat.indexOf('(');
            int close = stat.lastIndexOf(')');
            if (open < 0 || close < open) {
                return Optional.empty();
            }
            String[] fields = stat.substring(Math.min(stat.length(), close + 2)).split(" ", -1);
            if (fields.length < 20) {
                return Optional.empty();
            }
            String status = text(folder.resolve("status"));
            long started = Long.parseLong(fields[19]) * TICK;
            Program program = new Program(
                    link(folder.resolve("exe")),
                    "",
                    Program.split(text(folder.resolve("cmdline"))),
                    link(folder.resolve("cwd")),
                    List.of(),
                    0,
                    0,
                    0,
                    false,
                    link(folder.resolve("exe")).startsWith("/memfd:"),
                    started,
                    loginUid(folder),
                    Integer.parseInt(fields[4]),
                    Integer.parseInt(fields[3]),
                    Integer.parseInt(fields[2]),
                    capabilities(status, "CapEff:"),
                    capabilities(status, "CapPrm:"),
                    capabilities(status, "CapInh:"),
                    namespace(folder, "mnt"),
                    namespace(folder, "pid"),
                    List.of());
            return Optional.of(new Found(
                    pid,
                    Integer.parseInt(fields[1]),
                    started,
                    ownPid(status, pid),
                    stat.substring(open + 1, close),
                    program));
        } catch (IOException | NumberFormatException goneOrStrange) {
            return Optional.empty();
        }
    }

    private static int loginUid(Path folder) {
        try {
            return (int) Long.parseLong(text(folder.resolve("loginuid")).strip());
        } catch (IOException | NumberFormatException unknown) {
            return -1;
        }
    }

    private static int ownPid(String status, int pid) {
        String numbers = line(status, "NStgid:");
        return number(numbers.substring(numbers.lastIndexOf('\t') + 1)).orElse(pid);
    }

    private static long capabilities(String status, String name) {
        try {
            return Long.parseUnsignedLong(line(status, name), 16);
        } catch (NumberFormatException unknown) {
            return 0;
        }
    }

    private static int namespace(Path folder, String kind) {
        String link = link(folder.resolve("ns").resolve(kind)); // such as mnt:[4026531841]
        try {
            return Integer.parseUnsignedInt(
                    link.substring(link.indexOf('[') + 1, Math.max(link.indexOf('[') + 1, link.length() - 1)));
        } catch (NumberFormatException unknown) {
            return 0;
        }
    }

    private static String line(String status, String name) {
        for (String line : status.split("\n")) {
            if (line.startsWith(name)) {
                return line.substring(name.length()).strip();
            }
        }
        return "";
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static String link(Path link) {
        try {
            return Files.isSymbolicLink(link) || Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                    ? Files.readSymbolicLink(link).toString()
                    : "";
        } catch (IOException none) {
            return "";
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(MOST), StandardCharsets.UTF_8);
        }
    }
}
