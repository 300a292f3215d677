package dev.holdfast.inventory.rust;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.program.Program;
import dev.holdfast.inventory.program.Program.Part;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Lists the crates of programs built with {@code cargo auditable}, which puts them in a section {@code .dep-v0}: a zlib stream (RFC 1950)
 * of one JSON object,
 *
 * <pre>
 *   { "packages": [ { "name": "a", "version": "1.0.0", "source": "crates.io" | "git" | "local" | "registry" | …,
 *                     "kind": "build",             only to build it; runtime when absent
 *                     "dependencies": [ 1, 2 ], "root": true } ] }
 * </pre>
 *
 * What was only needed to build the program is not in it, and is left out.
 */
public final class AuditableCataloger implements Cataloger {
    private static final String SECTION = ".dep-v0";
    private static final String EVIDENCE = "cargo auditable";

    /** Rust's smallest programs have some 300 kB; a library for another language may be smaller. */
    private static final long SMALLEST = 100_000;

    /** The section of the largest programs takes some 20 kB, and unfolds about fivefold. */
    private static final int MOST_SECTION = 8 << 20;

    private static final int CHUNK = 1 << 14;

    @Override
    public String name() {
        return "rust";
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "Rust, built",
                "ELF, PE and Mach-O programs built with `cargo auditable`",
                "the crates compiled in; other Rust programs name none"));
    }

    @Override
    public Want wants(String path, FileHeader header) {
        boolean isProgram = header.type() == FileType.REGULAR
                && header.size() >= SMALLEST
                && (header.isExecutable() || isLibraryName(path));
        return isProgram ? Want.PROGRAM : Want.NOTHING;
    }

    private static boolean isLibraryName(String path) {
        return path.endsWith(".so") || path.endsWith(".dll") || path.endsWith(".exe") || path.endsWith(".dylib");
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        Optional<Program> program = Program.of(file.content());
        Optional<Part> section = program.flatMap(each -> each.section(SECTION));
        if (section.isEmpty()) {
            return;
        }
        if (section.get().size() > MOST_SECTION) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "the list of crates has " + section.get().size() + " bytes, more than the " + MOST_SECTION
                            + " that are read");
        }
        byte[] packed = program.get().bytes().read(section.get().offset(), (int)
                section.get().size());
        report(unfolded(packed, file.limits()), file.limits(), packages);
    }

    private static byte[] unfolded(byte[] packed, Limits limits) throws InputException {
        long most = Math.min(limits.fileBytes(), (long) limits.ratio() * packed.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed);
            while (!inflater.finished()) {
                int count = inflater.inflate(chunk);
                if (count == 0 && !inflater.finished()) {
                    throw new InputException(InputException.Code.TRUNCATED, "the list of crates is cut off");
                }
                out.write(chunk, 0, count);
                if (out.size() > most) {
                    throw new InputException(
                            InputException.Code.LIMIT, "the list of crates unfolds to more than " + most + " bytes");
                }
            }
        } catch (DataFormatException wrong) {
            throw new InputException(InputException.Code.MALFORMED, "the list of crates is no zlib stream", wrong);
        }
        return out.toByteArray();
    }

    private static void report(byte[] json, Limits limits, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        try (JsonCursor cursor = JsonCursor.open(json, limits)) {
            if (!cursor.enterObject()) {
                throw new InputException(InputException.Code.MALFORMED, "the list of crates is no JSON object");
            }
            while (cursor.nextMember()) {
                if (cursor.name().equals("packages") && cursor.enterArray()) {
                    while (cursor.nextElement()) {
                        crate(cursor, packages);
                    }
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private static void crate(JsonCursor cursor, Consumer<PackageRecord> packages) throws InputException, IOException {
        if (!cursor.enterObject()) {
            return;
        }
        String name = "";
        String version = "";
        boolean isBuiltIn = true;
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "name" -> name = cursor.text().orElse("");
                case "version" -> version = cursor.text().orElse("");
                case "kind" -> isBuiltIn = !cursor.text().orElse("").equals("build");
                default -> cursor.skip();
            }
        }
        if (isBuiltIn && !name.isEmpty()) {
            packages.accept(PackageRecord.of(PackageType.CARGO, name, version, Confidence.HIGH, EVIDENCE));
        }
    }
}
