package dev.holdfast.oci.store;

import dev.holdfast.archive.Compression;
import java.nio.charset.StandardCharsets;

/** Says what a file that is no image looks like, so that the message can tell what to give instead. */
public final class Appearance {
    /** How many first bytes are looked at. */
    public static final int HEAD_BYTES = 512;

    private Appearance() {}

    /** A phrase that follows "it looks like". */
    public static String of(byte[] head, int length) {
        if (length == 0) {
            return "an empty file";
        }
        if (Programs.begins(head, length)) {
            return "a program";
        }
        return switch (Compression.of(head, length)) {
            case GZIP -> "gzip data";
            case ZSTD -> "zstd data";
            case XZ -> "xz data";
            case BZIP2 -> "bzip2 data";
            case NONE -> ofPlain(head, length);
        };
    }

    private static String ofPlain(byte[] head, int length) {
        String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
        if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
            return "a zip archive (jar, war, apk of Android); put it into a folder and give the folder";
        }
        if (text.startsWith("!<arch>\n")) {
            return "a Debian package or ar archive";
        }
        if (text.startsWith("\u00ed\u00ab\u00ee\u00db")) {
            return "an RPM package";
        }
        if (text.startsWith("QFI\u00fb") || text.startsWith("KDMV") || text.startsWith("conectix")) {
            return "a disk image of a virtual machine";
        }
        if (text.startsWith("hsqs")) {
            return "a squashfs file system";
        }
        if (text.startsWith("SIF_MAGIC", 32)) {
            return "a Singularity image";
        }
        if (text.startsWith("\u00ca\u00fe\u00ba\u00be")) {
            return "a Java class";
        }
        return ofText(text.stripLeading(), isText(head, length));
    }

    private static String ofText(String text, boolean isText) {
        if (text.startsWith("{") || text.startsWith("[")) {
            return "a JSON document";
        }
        if (text.startsWith("<")) {
            return "an XML or HTML document";
        }
        if (text.startsWith("FROM ") || text.contains("\nFROM ")) {
            return "a Dockerfile; build it and give the image";
        }
        return isText ? "text" : "binary data of an unknown kind";
    }

    private static boolean isText(byte[] head, int length) {
        for (int i = 0; i < length; i++) {
            boolean isSpace = head[i] == '\n' || head[i] == '\r' || head[i] == '\t' || head[i] == '\f';
            if (head[i] >= 0 && head[i] < ' ' && !isSpace) {
                return false;
            }
        }
        return true;
    }
}
