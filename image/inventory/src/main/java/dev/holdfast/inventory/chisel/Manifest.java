package dev.holdfast.inventory.chisel;

import dev.holdfast.archive.ByteSource;
import dev.holdfast.archive.Compression;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.oci.FileContent;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads {@code manifest.wall}: zstd-compressed lines of JSON ("jsonwall"), the first of them the header, the rest sorted.
 *
 * <pre>
 * {"jsonwall":"1.0","schema":"1.0","count":122}
 * {"kind":"content","slice":"libc6_libs","path":"/usr/lib/x86_64-linux-gnu/libc.so.6"}
 * {"kind":"package","name":"libc6","version":"2.39-0ubuntu8.4","sha256":"…","arch":"amd64"}
 * {"kind":"path","path":"/etc/ssl/openssl.cnf","mode":"0644","slices":["openssl_config"],"sha256":"…","size":12324}
 * {"kind":"slice","name":"libc6_libs"}
 * </pre>
 *
 * A slice is called after its package: what stands before the underscore.
 */
final class Manifest {
    static final String PATH = "/var/lib/chisel/manifest.wall";

    private static final int CHUNK = 1 << 16;

    private final Limits limits;
    private final LineVisitor visitor;
    private byte[] line = new byte[1024];
    private int length;
    private int number = 1;

    private Manifest(Limits limits, LineVisitor visitor) {
        this.limits = limits;
        this.visitor = visitor;
    }

    /** Takes one line's object. */
    @FunctionalInterface
    interface LineVisitor {
        void line(int number, JsonValue value) throws InputException;
    }

    static void read(FileContent content, Limits limits, LineVisitor visitor) throws InputException, IOException {
        new Manifest(limits, visitor).lines(content);
    }

    private void lines(FileContent content) throws InputException, IOException {
        byte[] chunk = new byte[CHUNK];
        try (ByteSource text = Compression.open(new FileBytes(content), limits).content()) {
            for (int have = text.read(chunk, 0, CHUNK); have >= 0; have = text.read(chunk, 0, CHUNK)) {
                for (int i = 0; i < have; i++) {
                    if (chunk[i] == '\n') {
                        finish();
                    } else {
                        add(chunk[i]);
                    }
                }
            }
        }
        finish();
    }

    private void add(byte b) throws InputException {
        if (length == line.length) {
            if (length >= limits.lineBytes()) {
                throw new InputException(
                        InputException.Code.LIMIT,
                        "line " + number + " has more than " + limits.lineBytes() + " bytes");
            }
            line = Arrays.copyOf(line, Math.min(limits.lineBytes(), 2 * length));
        }
        line[length++] = b;
    }

    private void finish() throws InputException {
        if (length > 0) {
            visitor.line(number, Json.parse(Arrays.copyOf(line, length), limits));
        }
        length = 0;
        number++;
    }

    /** A file's bytes from the first on. */
    private static final class FileBytes implements ByteSource {
        private final FileContent content;
        private long position;

        FileBytes(FileContent content) {
            this.content = content;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            int have = count == 0 ? 0 : content.read(position, into, offset, count);
            position += Math.max(have, 0);
            return count > 0 && have <= 0 ? -1 : have;
        }

        @Override
        public void close() {
            // the file belongs to its target
        }
    }
}
