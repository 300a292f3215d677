package dev.holdfast.inventory.sbom;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** Reads a bill of materials of any format. Its kind is found by looking at the text, never at the name. */
public final class BillReader {
    /** White space and comments may come first, not more than this. */
    private static final int HEAD = 4_096;

    private final Limits limits;

    public BillReader(Limits limits) {
        this.limits = limits;
    }

    /** Whether a file begins like one of the kinds of text that bills of materials come in; no image does. */
    public static boolean mayBeOne(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] head = bytes.readNBytes(HEAD);
            return Text.of(head, head.length) != Text.NEITHER;
        }
    }

    /** Reads a file to its end. See {@link #read(InputStream, String)}. */
    public BillOfMaterials read(Path file, String given) throws InputException, IOException {
        Path name = file.getFileName();
        try (InputStream bytes = Files.newInputStream(file)) {
            return read(bytes, given.equals("-") || name == null ? given : name.toString());
        } catch (InputException wrong) {
            throw wrong.in(given);
        }
    }

    /** The kinds of text. */
    private enum Text {
        JSON,
        XML,
        TAGS,
        NEITHER;

        static Text of(byte[] head, int length) {
            int at = length >= 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf ? 3 : 0;
            while (at < length && (head[at] == ' ' || head[at] == '\n' || head[at] == '\r' || head[at] == '\t')) {
                at++;
            }
            if (at == length) {
                return NEITHER;
            }
            if (head[at] == '{') {
                return JSON;
            }
            if (head[at] == '<') {
                return XML;
            }
            boolean isTags = head[at] == '#' || startsWith(head, at, length, "SPDXVersion:");
            return isTags && contains(head, at, length, "SPDXVersion:") ? TAGS : NEITHER;
        }

        private static boolean startsWith(byte[] head, int at, int length, String text) {
            for (int i = 0; i < text.length(); i++) {
                if (at + i >= length || head[at + i] != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean contains(byte[] head, int from, int length, String text) {
            for (int at = from; at < length; at++) {
                if (startsWith(head, at, length, text)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Reads a document to its end.
     *
     * @param document its bytes
     * @param name what it is called in gaps and locations
     * @throws InputException when it is not one of the formats, or broken: with line and column where the text is
     */
    public BillOfMaterials read(InputStream document, String name) throws InputException, IOException {
        Gaps gaps = new Gaps();
        MessageDigest digest = Digest.newSha256();
        BufferedInputStream bytes = new BufferedInputStream(new DigestInputStream(document, digest), 1 << 16);
        bytes.mark(HEAD);
        byte[] head = new byte[HEAD];
        int length = bytes.readNBytes(head, 0, HEAD);
        bytes.reset();
        BillAssembly assembly = new BillAssembly(name, limits);
        switch (Text.of(head, length)) {
            case JSON -> new JsonBill(assembly, name, limits, gaps).read(bytes);
            case XML -> new CycloneDxXml(assembly, limits).read(bytes);
            case TAGS -> new SpdxTags(assembly, limits).read(bytes);
            case NEITHER ->
                throw new InputException(
                        InputException.Code.MALFORMED, "no bill of materials: neither JSON nor XML nor SPDX tag-value");
        }
        bytes.transferTo(java.io.OutputStream.nullOutputStream());
        return assembly.finish(Digest.ofSha256(digest.digest()), gaps);
    }
}
