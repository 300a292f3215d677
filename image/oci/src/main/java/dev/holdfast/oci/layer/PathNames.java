package dev.holdfast.oci.layer;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The bytes of a {@link Path}'s name, and back. A path's text goes through the platform's own character set and loses what that does not
 * hold; its URI does not.
 */
public final class PathNames {
    private PathNames() {}

    /** The bytes of the last segment. */
    public static byte[] last(Path path) {
        Path name = path.getFileName();
        if (name == null) {
            return new byte[0];
        }
        String text = name.toString();
        if (isAscii(text)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        String raw = path.toUri().getRawPath();
        int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
        return unescape(raw.substring(raw.lastIndexOf('/', end - 1) + 1, end));
    }

    /** The bytes of a symbolic link's target as written. */
    public static byte[] target(Path target) {
        String text = target.toString();
        if (isAscii(text)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        // A URI is absolute; what was put in front of a relative target is cut off again.
        byte[] whole = unescape(target.toUri().getRawPath());
        if (target.isAbsolute()) {
            return whole;
        }
        byte[] front = unescape(Path.of("").toUri().getRawPath());
        return java.util.Arrays.copyOfRange(whole, Math.min(front.length, whole.length), whole.length);
    }

    /** The path of these bytes, absolute inside the root, below it. */
    public static Path below(Path root, byte[] name) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        if (isAscii(text)) {
            return root.resolve("." + text).normalize();
        }
        StringBuilder escaped = new StringBuilder(root.toUri().getRawPath());
        if (escaped.charAt(escaped.length() - 1) == '/') {
            escaped.setLength(escaped.length() - 1);
        }
        for (byte b : name) {
            boolean isPlain = b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '/';
            if (isPlain) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HexFormat.of().toHexDigits(b));
            }
        }
        return Path.of(URI.create("file://" + escaped));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static byte[] unescape(String raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' && i + 2 < raw.length()) {
                out.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }
}
