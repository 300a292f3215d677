package dev.holdfast.comply;

import dev.holdfast.core.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An archive to hand over: the assessment in every form, and sums by which each part and each input can be recognised.
 *
 * <pre>
 *   README.txt     what this is
 *   …              the documents
 *   INPUTS.sha256  the digest of every input that is a file, as sha256sum writes it
 *   SHA256SUMS     the digest of everything above: sha256sum --check SHA256SUMS
 * </pre>
 *
 * <p>Zip, entries in this order, all with one fixed time: the same assessment gives the same bytes. Inputs themselves are not in it, for they may
 * hold secrets. It is not signed.
 */
public final class EvidenceBundle {
    /** The earliest time that the format can say, in any zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final String README = """
            Evidence that Holdfast gathered for one framework, clause by clause. It speaks about the inputs that INPUTS.sha256 names, at the time
            that the documents give, and about nothing else; it does not say that an organisation conforms.

            sha256sum --check SHA256SUMS      nothing in this archive was changed since it was written
            sha256sum --check INPUTS.sha256   the files at hand are those that were looked at (from the folder where the tool ran)

            The archive is not signed: who can replace it can replace the sums. Keep the digest of the archive elsewhere.
            """;

    private final Map<String, byte[]> parts = new LinkedHashMap<>();

    public EvidenceBundle(List<Assessment.Input> inputs) {
        add("README.txt", README.getBytes(StandardCharsets.UTF_8));
        StringBuilder sums = new StringBuilder();
        for (Assessment.Input input : inputs) {
            if (!input.digest().isEmpty()) {
                sums.append(line(input.digest(), input.given()));
            }
        }
        add("INPUTS.sha256", sums.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a document; a name that is there already is replaced. */
    public void add(String name, byte[] content) {
        parts.put(name, content);
    }

    /** Writes the archive and leaves the stream open. */
    public void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        StringBuilder sums = new StringBuilder();
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            sums.append(line(Digest.sha256(part.getValue()).toString(), part.getKey()));
            put(zip, part.getKey(), part.getValue());
        }
        put(zip, "SHA256SUMS", sums.toString().getBytes(StandardCharsets.UTF_8));
        zip.finish();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** As GNU sha256sum writes it: a line with a backslash before it has backslashes and line ends in its name escaped. */
    private static String line(String digest, String name) {
        String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return (escaped.equals(name) ? "" : "\\") + digest.replaceFirst("^sha256:", "") + "  " + escaped + "\n";
    }
}
