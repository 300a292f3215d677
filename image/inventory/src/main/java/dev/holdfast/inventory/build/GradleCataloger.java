package dev.holdfast.inventory.build;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import dev.holdfast.inventory.format.XmlTags;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what Gradle and sbt lock:
 *
 * <pre>
 *   *.lockfile                    GROUP:ARTIFACT:VERSION=CONFIGURATION{,CONFIGURATION}            "#" begins a comment
 *   verification-metadata.xml     &lt;component group="GROUP" name="ARTIFACT" version="VERSION">
 *   *.sbt.lock                    { "dependencies": [ { "org": GROUP, "name": ARTIFACT, "version": VERSION,
 *                                                       "configurations": [ "compile", … ] } ] }
 * </pre>
 *
 * <p>What only configurations for tests need is for development. Verification metadata lists whatever was ever downloaded, plugins of the
 * build included.
 */
public final class GradleCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of("*.lockfile", "*.lock", "verification-metadata.xml");
    private static final String SBT = ".sbt.lock";

    @Override
    public String name() {
        return "gradle";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "Gradle, sbt",
                        "`gradle.lockfile`, `*.lockfile`, `gradle/verification-metadata.xml`, `*.sbt.lock`",
                        "every module with its line, `dev` when only tests need it; verification metadata names all that was ever downloaded"));
    }

    @Override
    public boolean isRecord(String path) {
        return (!path.endsWith(".lock") || path.endsWith(SBT)) && LockFileCataloger.super.isRecord(path);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        if (file.name().endsWith(SBT)) {
            readSbt(file, packages);
        } else if (file.name().endsWith(".xml")) {
            readVerification(file, packages);
        } else {
            readLock(file, packages);
        }
    }

    private static void readLock(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        TextLines lines = new TextLines(file.bytes(), file.limits());
        while (lines.advance()) {
            String line = lines.text().strip();
            int equals = line.indexOf('=');
            String[] parts = line.substring(0, Math.max(0, equals)).split(":");
            if (parts.length == 3 && !line.startsWith("#")) {
                boolean isForTests = true;
                for (String configuration : line.substring(equals + 1).split(",")) {
                    isForTests &= configuration.startsWith("test");
                }
                packages.accept(module(parts[0], parts[1], parts[2], file.name(), lines.number())
                        .forDevelopment(isForTests));
            }
        }
    }

    private static void readVerification(RecordFile file, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        XmlTags tags = new XmlTags(file.bytes());
        while (tags.advance()) {
            if (!tags.isClosing()
                    && tags.name().equals("component")
                    && !tags.attribute("group").isEmpty()
                    && !tags.attribute("name").isEmpty()) {
                packages.accept(module(
                        tags.attribute("group"),
                        tags.attribute("name"),
                        tags.attribute("version"),
                        file.name(),
                        tags.line()));
            }
        }
    }

    private static void readSbt(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        try (JsonCursor cursor = JsonCursor.openObject(file.bytes(), file.limits())) {
            while (cursor.nextMember()) {
                if (cursor.name().equals("dependencies") && cursor.enterArray()) {
                    while (cursor.nextElement()) {
                        readSbtModule(cursor, packages);
                    }
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private static void readSbtModule(JsonCursor cursor, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        int line = cursor.line();
        if (!cursor.enterObject()) {
            return;
        }
        String group = "";
        String artifact = "";
        String version = "";
        boolean isForTests = false;
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "org" -> group = cursor.text().orElse("");
                case "name" -> artifact = cursor.text().orElse("");
                case "version" -> version = cursor.text().orElse("");
                case "configurations" -> isForTests = isOnlyForTests(cursor);
                default -> cursor.skip();
            }
        }
        if (!group.isEmpty() && !artifact.isEmpty()) {
            packages.accept(module(group, artifact, version, "sbt.lock", line).forDevelopment(isForTests));
        }
    }

    private static boolean isOnlyForTests(JsonCursor cursor) throws InputException, IOException {
        boolean any = false;
        boolean all = true;
        if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                any = true;
                all &= cursor.text().orElse("").equals("test");
            }
        }
        return any && all;
    }

    private static PackageRecord module(String group, String artifact, String version, String evidence, int line) {
        return PackageRecord.locked(PackageType.MAVEN, group + ":" + artifact, version, evidence, line);
    }
}
