package dev.holdfast.advisory.update;

import dev.holdfast.advisory.build.AtomicFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Properties;

/**
 * One feed in the user's cache: {@code <folder>/<file>} as its publisher sent it, {@code .part} while it comes, and what the server said
 * of either in {@code .properties} ({@code etag}, {@code last-modified}).
 */
final class FeedStore {
    private final Path folder;
    private final Path data;

    FeedStore(Path folder, String fileName) throws IOException {
        this.folder = folder;
        this.data = folder.resolve(fileName);
        Files.createDirectories(folder);
    }

    /**
     * What identifies a state of the feed at its server; empty when unknown.
     *
     * @param address where it came from: another mirror's tag says nothing
     */
    record Tag(String address, String etag, String lastModified) {
        static final Tag NONE = new Tag("", "", "");

        /** What a range request names as the state it continues; only a strong one will do. */
        String strong() {
            return etag.isEmpty() || etag.startsWith("W/") ? "" : etag;
        }
    }

    Path data() {
        return data;
    }

    boolean hasData() {
        return Files.isRegularFile(data);
    }

    Path part() {
        return folder.resolve(data.getFileName() + ".part");
    }

    Tag tag() throws IOException {
        return hasData() ? read(tagFile(data)) : Tag.NONE;
    }

    Tag partTag() throws IOException {
        return Files.isRegularFile(part()) ? read(tagFile(part())) : Tag.NONE;
    }

    void beginPart(Tag tag) throws IOException {
        Files.deleteIfExists(part());
        write(tagFile(part()), tag);
    }

    void dropPart() throws IOException {
        Files.deleteIfExists(part());
        Files.deleteIfExists(tagFile(part()));
    }

    /** The part is whole: it becomes the feed. */
    void acceptPart() throws IOException {
        Tag tag = partTag();
        Files.deleteIfExists(tagFile(data));
        Files.move(part(), data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        write(tagFile(data), tag);
        Files.deleteIfExists(tagFile(part()));
    }

    /** The day the server gave to the data, empty when it gave none. */
    String day() throws IOException {
        String lastModified = tag().lastModified();
        try {
            return lastModified.isEmpty()
                    ? ""
                    : ZonedDateTime.parse(lastModified, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .withZoneSameInstant(ZoneOffset.UTC)
                            .toLocalDate()
                            .toString();
        } catch (DateTimeException unreadable) {
            return "";
        }
    }

    private static Path tagFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".properties");
    }

    private static Tag read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Tag.NONE;
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException damaged) {
            return Tag.NONE;
        }
        return new Tag(
                properties.getProperty("address", ""),
                properties.getProperty("etag", ""),
                properties.getProperty("last-modified", ""));
    }

    private static void write(Path file, Tag tag) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("address", tag.address());
        properties.setProperty("etag", tag.etag());
        properties.setProperty("last-modified", tag.lastModified());
        java.io.StringWriter text = new java.io.StringWriter();
        properties.store(text, null);
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        AtomicFile.<RuntimeException>write(file, out -> {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        });
    }
}
