package dev.holdfast.inventory.dotnet;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.program.Program;
import dev.holdfast.inventory.program.Program.Part;
import dev.holdfast.inventory.program.ProgramBytes;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lists the packages of a .NET application published as a single file: the host program with everything else behind it (design document
 * "Single-file bundle" of the .NET runtime). Somewhere in the host's writable data stand eight bytes and the 32 of a fixed signature; the
 * eight say where the header of the bundle is, and are 0 in a host without one. The header, little-endian:
 *
 * <pre>
 *   0   version, major (4): 1 of .NET Core 3, 2 of .NET 5, 6 of .NET 6 and later     4   minor (4)     8   number of files (4)
 *   12  an identifier: its length in units of seven bits, then that many bytes
 *   then, from version 2   place (8) and size (8) of the application's .deps.json, the same of .runtimeconfig.json, flags (8)
 *   then, for each file    place (8), size (8), from version 6 the size compressed (8) or 0, kind (1): 3 is .deps.json,
 *                          and the path: length and bytes as above
 * </pre>
 *
 * Versions name themselves after the runtime's, and numbers between and above these did not occur; they are read like the next lower one.
 */
public final class SingleFileCataloger implements Cataloger {
    private static final byte[] SIGNATURE =
            HexFormat.of().parseHex("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae");

    /** The smallest host takes 70 kB. */
    private static final long SMALLEST = 50_000;

    /** The writable data of a host with the whole runtime inside has less than 300 kB. */
    private static final int MOST_DATA = 4 << 20;

    private static final int FIRST_WITH_PLACES = 2;
    private static final int FIRST_COMPRESSED = 6;
    private static final int DEPS_JSON = 3;
    private static final int MOST_FILES = 100_000;

    @Override
    public String name() {
        return "dotnet";
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                ".NET, single file",
                "ELF, PE and Mach-O programs published as a single file",
                "what the `.deps.json` inside names; programs compiled ahead of time name nothing"));
    }

    @Override
    public boolean readsOnlyUnowned() {
        return true;
    }

    @Override
    public Want wants(String path, FileHeader header) {
        boolean isProgram = header.type() == FileType.REGULAR
                && header.size() >= SMALLEST
                && (header.isExecutable() || path.endsWith(".exe"));
        return isProgram ? Want.PROGRAM : Want.NOTHING;
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        Optional<Program> program = Program.of(file.content());
        long header = program.isEmpty() ? 0 : bundleOf(program.get());
        if (header == 0) {
            return;
        }
        Optional<byte[]> json = new Bundle(new ProgramBytes(file.content(), 0), header).dependencies();
        if (json.isEmpty()) {
            return; // an application without packages may have none
        }
        Libraries.read(
                json.get(),
                file.limits(),
                (name, version, isRuntime, line) -> packages.accept(PackageRecord.of(
                        PackageType.NUGET,
                        name,
                        version,
                        Confidence.HIGH,
                        isRuntime ? "single file: runtime pack" : "single file: deps.json")));
    }

    /** Where the header of the bundle is; 0 when there is none. */
    private static long bundleOf(Program program) throws InputException, IOException {
        for (Part part : program.sections().isEmpty() ? program.segments() : program.sections()) {
            if (part.writable() && part.size() > SIGNATURE.length && part.size() <= MOST_DATA) {
                byte[] data = program.bytes().upTo(part.offset(), part.size());
                int at = find(data);
                if (at >= 0) {
                    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getLong(at - Long.BYTES);
                }
            }
        }
        return 0;
    }

    private static int find(byte[] data) {
        for (int at = Long.BYTES; at <= data.length - SIGNATURE.length; at++) {
            if (data[at] == SIGNATURE[0]
                    && java.util.Arrays.equals(data, at, at + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
                return at;
            }
        }
        return -1;
    }

    /** Reads a bundle's header from front to back. */
    private static final class Bundle {
        private final ProgramBytes bytes;
        private long position;

        Bundle(ProgramBytes bytes, long position) {
            this.bytes = bytes;
            this.position = position;
        }

        /** The application's {@code .deps.json}; empty when it has none. */
        Optional<byte[]> dependencies() throws InputException, IOException {
            int major = (int) number(Integer.BYTES);
            number(Integer.BYTES);
            long files = number(Integer.BYTES);
            skipText();
            if (major >= FIRST_WITH_PLACES) {
                return content(number(Long.BYTES), number(Long.BYTES));
            }
            for (long file = 0; file < Math.min(files, MOST_FILES); file++) {
                long place = number(Long.BYTES);
                long size = number(Long.BYTES);
                if (major >= FIRST_COMPRESSED) {
                    number(Long.BYTES);
                }
                if (number(1) == DEPS_JSON) {
                    return content(place, size);
                }
                skipText();
            }
            return Optional.empty();
        }

        private Optional<byte[]> content(long place, long size) throws InputException, IOException {
            if (place == 0 || size == 0) {
                return Optional.empty();
            }
            if (size > Integer.MAX_VALUE - 8) {
                throw new InputException(
                        InputException.Code.LIMIT, "the bundle says that its .deps.json has " + size + " bytes");
            }
            return Optional.of(bytes.read(place, (int) size));
        }

        private long number(int length) throws InputException, IOException {
            byte[] word = java.util.Arrays.copyOf(bytes.read(position, length), Long.BYTES);
            position += length;
            return ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getLong();
        }

        private void skipText() throws InputException, IOException {
            long length = 0;
            int shift = 0;
            long unit;
            do {
                unit = number(1);
                length |= (unit & 0x7f) << shift;
                shift += 7;
            } while (unit >= 0x80 && shift < Integer.SIZE);
            position += length;
        }
    }
}
