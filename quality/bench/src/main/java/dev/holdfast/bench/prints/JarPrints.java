package dev.holdfast.bench.prints;

import dev.holdfast.jvm.identity.ArchiveClasses;
import dev.holdfast.jvm.identity.ClassPrint;
import dev.holdfast.jvm.identity.ReleasePrints;
import dev.holdfast.jvm.identity.ReleasePrints.NamedPrint;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The prints of one jar, kept beside it in a file of their own, {@code NAME.jar.prints}: a jar is read once, and may then be deleted. The
 * file is no format that anybody else reads: delete it when what a print is has changed.
 */
final class JarPrints {
    private static final String VERSIONS = "META-INF/versions/";
    private static final String CLASS = ".class";

    private final Path jar;
    private final Path kept;
    /** Prints of classes met in other releases of the library, by name, size and checksum: most of a release is as in the one before. */
    private final Map<String, Optional<ClassPrint>> met;

    JarPrints(Path jar, Map<String, Optional<ClassPrint>> met) {
        this.jar = jar;
        this.kept = Path.of(jar + ".prints");
        this.met = met;
    }

    static boolean isThere(Path jar) {
        return Files.exists(jar) || Files.exists(Path.of(jar + ".prints"));
    }

    ReleasePrints of(String version) throws IOException {
        if (!Files.exists(kept)) {
            write(take());
        }
        return new ReleasePrints(version, read());
    }

    private List<NamedPrint> take() throws IOException {
        List<NamedPrint> prints = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String path = path(entry.getName());
                if (entry.getName().endsWith(CLASS) && ArchiveClasses.isCode(path)) {
                    take(zip, entry).ifPresent(print -> prints.add(new NamedPrint(path, print)));
                }
            }
        } catch (ZipException broken) {
            return List.of();
        }
        return prints;
    }

    private Optional<ClassPrint> take(ZipFile zip, ZipEntry entry) throws IOException {
        String key = entry.getName() + ' ' + entry.getSize() + ' ' + entry.getCrc();
        Optional<ClassPrint> known = met.get(key);
        if (known != null) {
            return known;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            Optional<ClassPrint> taken = ClassPrint.of(in.readAllBytes());
            met.put(key, taken);
            return taken;
        } catch (ZipException broken) {
            return Optional.empty();
        }
    }

    private static String path(String name) {
        String path = name.endsWith(CLASS) ? name.substring(0, name.length() - CLASS.length()) : name;
        return path.startsWith(VERSIONS) ? path.substring(path.indexOf('/', VERSIONS.length()) + 1) : path;
    }

    private List<NamedPrint> read() throws IOException {
        List<NamedPrint> prints = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(kept)))) {
            for (int left = in.readInt(); left > 0; left--) {
                prints.add(new NamedPrint(in.readUTF(), new ClassPrint(in.readLong(), in.readLong(), in.readInt())));
            }
        }
        return prints;
    }

    private void write(List<NamedPrint> prints) throws IOException {
        Path part = Path.of(kept + ".part");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            out.writeInt(prints.size());
            for (NamedPrint each : prints) {
                out.writeUTF(each.path());
                out.writeLong(each.print().code());
                out.writeLong(each.print().exact());
                out.writeInt(each.print().weight());
            }
        }
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
    }
}
