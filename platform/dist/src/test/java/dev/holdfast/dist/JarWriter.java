package dev.holdfast.dist;

import static dev.holdfast.dist.ShopImage.utf8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar in memory: a manifest, Maven's pom.properties, other entries. Stored, not compressed: no compressor's version shows in its bytes. */
final class JarWriter {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    JarWriter(List<String> manifest) {
        entries.put(
                "META-INF/MANIFEST.MF", utf8("Manifest-Version: 1.0\r\n" + String.join("\r\n", manifest) + "\r\n\r\n"));
    }

    JarWriter maven(String group, String artifact, String version) {
        return entry(
                "META-INF/maven/" + group + "/" + artifact + "/pom.properties",
                utf8("artifactId=" + artifact + "\ngroupId=" + group + "\nversion=" + version + "\n"));
    }

    JarWriter entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(stored(entry.getKey(), entry.getValue()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(LocalDateTime.of(2024, 3, 14, 9, 26)); // local, so that no time zone shows in the bytes
        return entry;
    }
}
