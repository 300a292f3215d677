package dev.holdfast.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Puts the program folder together:
 *
 * <pre>
 * app/
 *   holdfast.jar    nothing but a manifest: the main class, and the class path in its fixed order
 *   lib/*.jar       the jars themselves, as built
 *   facts.hfdb      the advisory base that ships with the program, unpacked so that it can be mapped
 *   id              16 hexadecimal digits over all of the above: one program, one id
 *   current         empty; its time is when the build began. Sources newer than this make the program stale
 *   aot/            written later, by the launcher: start-up caches for one JDK each
 * </pre>
 *
 * The folder is built under another name and put in place by renaming, so that a run started meanwhile sees the old program, the new one, or
 * none, and never a mixture. A build that gives the same id leaves the folder, and with it the start-up caches, alone.
 */
public final class Assembler {
    private static final String MAIN_CLASS = "dev.holdfast.cli.Main";
    /** A fixed time inside the manifest jar (ZIP cannot say less than 1980): the same jars give the same bytes. */
    private static final long FIXED_TIME = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

    private final Path app;
    private final Instant begun;
    private final Path snapshot;

    private Assembler(Path app, Instant begun, Path snapshot) {
        this.app = app;
        this.begun = begun;
        this.snapshot = snapshot;
    }

    /** {@code APP-FOLDER BUILD-BEGAN SNAPSHOT OWN-JAR CLASS-PATH-FILE}. */
    public static void main(String[] args) throws InputException, IOException {
        List<Path> jars = new ArrayList<>();
        jars.add(Path.of(args[3]));
        for (String jar : Files.readString(Path.of(args[4])).strip().split(":", -1)) {
            jars.add(Path.of(jar));
        }
        new Assembler(Path.of(args[0]), Instant.parse(args[1]), Path.of(args[2])).assemble(jars);
    }

    static void assemble(Path app, Instant begun, Path snapshot, List<Path> jars) throws InputException, IOException {
        new Assembler(app, begun, snapshot).assemble(jars);
    }

    private void assemble(List<Path> jars) throws InputException, IOException {
        Path fresh = sibling(".new");
        delete(fresh);
        MessageDigest identity = sha256();
        copyJars(jars, fresh, identity);
        writeManifestJar(jars, fresh);
        unpackBase(fresh, identity);
        String id = HexFormat.of().formatHex(identity.digest(), 0, 8);
        if (id.equals(idOf(app))) {
            delete(fresh);
        } else {
            Files.writeString(fresh.resolve("id"), id + "\n");
            Files.createFile(fresh.resolve("current"));
            replace(fresh);
        }
        Files.setLastModifiedTime(app.resolve("current"), FileTime.from(begun));
    }

    private static void copyJars(List<Path> jars, Path fresh, MessageDigest identity) throws IOException {
        Path lib = Files.createDirectories(fresh.resolve("lib"));
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            identity.update((name + "\n").getBytes(UTF_8));
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(lib.resolve(name)), identity)) {
                Files.copy(jar, out);
            }
        }
    }

    private static void writeManifestJar(List<Path> jars, Path fresh) throws IOException {
        StringBuilder classPath = new StringBuilder();
        for (Path jar : jars) {
            classPath.append(classPath.isEmpty() ? "" : " ").append("lib/").append(jar.getFileName());
        }
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, MAIN_CLASS);
        attributes.put(Attributes.Name.CLASS_PATH, classPath.toString());
        attributes.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(fresh.resolve("holdfast.jar")))) {
            ZipEntry entry = new ZipEntry("META-INF/MANIFEST.MF");
            entry.setTime(FIXED_TIME);
            jar.putNextEntry(entry);
            manifest.write(jar);
            jar.closeEntry();
        }
    }

    private void unpackBase(Path fresh, MessageDigest identity) throws InputException, IOException {
        if (Files.exists(snapshot)) { // a source tree without one still makes a program; it then needs --db
            Digest digest = Advisories.unpackSnapshot(snapshot, fresh.resolve("facts.hfdb"));
            identity.update(digest.toString().getBytes(UTF_8));
        }
    }

    private void replace(Path fresh) throws IOException {
        Path old = sibling(".old");
        delete(old);
        if (Files.exists(app)) {
            Files.move(app, old);
        }
        Files.move(fresh, app);
        delete(old);
    }

    private Path sibling(String suffix) {
        return app.resolveSibling(app.getFileName() + suffix);
    }

    private static @Nullable String idOf(Path app) throws IOException {
        Path id = app.resolve("id");
        return Files.exists(id) && Files.exists(app.resolve("current"))
                ? Files.readString(id).strip()
                : null;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
