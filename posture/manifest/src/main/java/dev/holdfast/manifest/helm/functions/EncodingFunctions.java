package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.MAP;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/** Base 64 and 32, digests, addresses. */
final class EncodingFunctions {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private EncodingFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("b64enc", (a, _) -> Base64.getEncoder().encodeToString(bytes(Given.text(a, 0))), STRING);
        table.add("b64dec", (a, _) -> decoded(Given.text(a, 0)), STRING);
        table.add("b32enc", (a, _) -> base32(bytes(Given.text(a, 0))), STRING);
        table.add("b32dec", (a, _) -> fromBase32(Given.text(a, 0)), STRING);
        table.add("sha1sum", (a, _) -> digest("SHA-1", Given.text(a, 0)), STRING);
        table.add("sha256sum", (a, _) -> digest("SHA-256", Given.text(a, 0)), STRING);
        table.add("sha512sum", (a, _) -> digest("SHA-512", Given.text(a, 0)), STRING);
        table.add("adler32sum", (a, _) -> adler(bytes(Given.text(a, 0))), STRING);
        table.add("urlParse", (a, _) -> parsed(Given.text(a, 0)), STRING);
        table.add("urlJoin", (a, _) -> joined(Given.map(a, 0)), MAP);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        try {
            return new String(
                    Base64.getDecoder().decode(text.replace("\n", "").replace("\r", "")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            return "illegal base64 data at input byte 0";
        }
    }

    private static String base32(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        long bits = 0;
        int count = 0;
        for (byte each : bytes) {
            bits = bits << 8 | each & 0xFF;
            count += 8;
            while (count >= 5) {
                out.append(BASE32.charAt((int) (bits >> (count - 5)) & 31));
                count -= 5;
            }
        }
        if (count > 0) {
            out.append(BASE32.charAt((int) (bits << (5 - count)) & 31));
        }
        while (out.length() % 8 != 0) {
            out.append('=');
        }
        return out.toString();
    }

    private static String fromBase32(String text) {
        byte[] out = new byte[text.length() * 5 / 8];
        long bits = 0;
        int count = 0;
        int length = 0;
        for (char c : text.replace("\n", "").replaceAll("=+$", "").toCharArray()) {
            int value = BASE32.indexOf(c);
            if (value < 0) {
                return "illegal base32 data at input byte " + text.indexOf(c);
            }
            bits = bits << 5 | value;
            count += 5;
            if (count >= 8) {
                out[length++] = (byte) (bits >> (count - 8));
                count -= 8;
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static String digest(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(text)));
        } catch (NoSuchAlgorithmException impossible) { // every JDK has these
            throw new IllegalStateException(impossible);
        }
    }

    private static String adler(byte[] bytes) {
        Adler32 sum = new Adler32();
        sum.update(bytes);
        return Long.toString(sum.getValue());
    }

    private static Map<String, Object> parsed(String text) throws TemplateFault {
        try {
            boolean isPath = text.indexOf(':') < 0 && text.indexOf('?') < 0 && text.indexOf('#') < 0;
            URI uri = isPath ? new URI(null, null, text, null) : new URI(text.replace(" ", "%20"));
            Map<String, Object> parts = Values.map();
            String authority = orEmpty(uri.getRawAuthority());
            int at = authority.lastIndexOf('@');
            String host = authority.substring(at + 1);
            parts.put("scheme", orEmpty(uri.getScheme()));
            parts.put("userinfo", at < 0 ? "" : authority.substring(0, at));
            parts.put("host", host);
            parts.put("hostname", host.replaceFirst(":[0-9]*$", "").replaceAll("^\\[|\\]$", ""));
            parts.put("path", orEmpty(uri.getPath()));
            parts.put("query", orEmpty(uri.getRawQuery()));
            parts.put("fragment", orEmpty(uri.getFragment()));
            parts.put("opaque", uri.isOpaque() ? orEmpty(uri.getRawSchemeSpecificPart()) : "");
            return parts;
        } catch (URISyntaxException wrong) {
            throw TemplateFault.of("unable to parse url: parse \"" + text + "\": " + wrong.getReason());
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String joined(Map<String, Object> parts) {
        String scheme = part(parts, "scheme");
        String user = part(parts, "userinfo");
        String host = part(parts, "host");
        String path = part(parts, "path");
        String query = part(parts, "query");
        String fragment = part(parts, "fragment");
        StringBuilder out = new StringBuilder(scheme.isEmpty() ? "" : scheme + ":");
        if (!part(parts, "opaque").isEmpty()) {
            out.append(part(parts, "opaque"));
        } else {
            if (!scheme.isEmpty() || !host.isEmpty() || !user.isEmpty()) {
                out.append(host.isEmpty() && path.isEmpty() && user.isEmpty() ? "" : "//");
                out.append(user.isEmpty() ? "" : user + "@").append(host);
            }
            out.append(!path.isEmpty() && !path.startsWith("/") && !host.isEmpty() ? "/" : "")
                    .append(path);
        }
        return out.append(query.isEmpty() ? "" : "?" + query)
                .append(fragment.isEmpty() ? "" : "#" + fragment)
                .toString();
    }

    private static String part(Map<String, Object> parts, String name) {
        return parts.get(name) instanceof String text ? text : "";
    }
}
