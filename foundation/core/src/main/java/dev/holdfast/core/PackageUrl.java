package dev.holdfast.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A package URL: {@code pkg:type/namespace/name@version?qualifiers#subpath}, as ECMA-427 (the package-url specification) says. Values are
 * held decoded and normalised for their type; {@link #toString()} is the canonical form.
 *
 * <pre>
 * purl       = "pkg:" { "/" } type "/" [ namespace "/" ] name [ "@" version ] [ "?" qualifiers ] [ "#" subpath ] ;
 * type       = letter { letter | digit | "." | "-" } ;                       in any case, canonical in lower case
 * namespace  = segment { "/" segment } ;
 * qualifiers = key "=" value { "&amp;" key "=" value } ;                       in any case, canonical lower and sorted
 * subpath    = segment { "/" segment } ;                                      no "." or ".." segment
 * </pre>
 *
 * In canonical form every byte of a segment or value is percent-encoded except letters, digits, and {@code . - _ ~ :}.
 *
 * @param type lower case, such as {@code deb} or {@code maven}
 * @param namespace decoded, segments joined by {@code /}; empty when there is none
 * @param name decoded
 * @param version decoded; empty when there is none
 * @param qualifiers decoded, sorted by key, none with an empty value
 * @param subpath decoded, segments joined by {@code /}; empty when there is none
 */
public record PackageUrl(
        String type, String namespace, String name, String version, Map<String, String> qualifiers, String subpath) {
    private static final String SCHEME = "pkg:";
    private static final String HEX = "0123456789ABCDEF";

    /** Normalises for the type. Throws {@link IllegalArgumentException} for what no package URL can hold. */
    public PackageUrl {
        type = type.toLowerCase(Locale.ROOT);
        if (!isType(type) || name.isEmpty()) {
            throw new IllegalArgumentException("not a package-URL type, or no name: " + type + ", " + name);
        }
        namespace = PackageUrlRules.namespace(type, segments(namespace, false));
        name = PackageUrlRules.name(type, name);
        version = PackageUrlRules.version(type, version);
        subpath = segments(subpath, true);
        qualifiers = sorted(qualifiers);
        if (namespace.isEmpty() && PackageUrlRules.needsNamespace(type)) {
            throw new IllegalArgumentException("a " + type + " package URL without namespace");
        }
    }

    /** A package URL without qualifiers or subpath. */
    public static PackageUrl of(String type, String namespace, String name, String version) {
        return new PackageUrl(type, namespace, name, version, Map.of(), "");
    }

    /** Reads a package URL, canonical or not; empty when the text is none. */
    public static Optional<PackageUrl> parse(String text) {
        try {
            return Optional.of(read(text));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /** The same package at another version. */
    public PackageUrl withVersion(String value) {
        return new PackageUrl(type, namespace, name, value, qualifiers, subpath);
    }

    // Written out: what a record has of itself is linked anew by each VM, which a scan feels.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackageUrl url
                && name.equals(url.name)
                && version.equals(url.version)
                && type.equals(url.type)
                && namespace.equals(url.namespace)
                && subpath.equals(url.subpath)
                && qualifiers.equals(url.qualifiers);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + version.hashCode()) + qualifiers.hashCode();
    }

    private static PackageUrl read(String text) {
        require(text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()), "no package URL: " + text);
        String rest = text.substring(SCHEME.length());
        String subpath = "";
        int hash = rest.lastIndexOf('#');
        if (hash >= 0) {
            subpath = decodedSegments(rest.substring(hash + 1));
            rest = rest.substring(0, hash);
        }
        Map<String, String> qualifiers = Map.of();
        int mark = rest.lastIndexOf('?');
        if (mark >= 0) {
            qualifiers = readQualifiers(rest.substring(mark + 1));
            rest = rest.substring(0, mark);
        }
        rest = strip(rest);
        int slash = rest.indexOf('/');
        require(slash > 0, "a package URL without type or name: " + text);
        String type = rest.substring(0, slash);
        rest = strip(rest.substring(slash));
        String version = "";
        int at = rest.lastIndexOf('@');
        if (at >= 0 && rest.indexOf('/', at) < 0) {
            version = decode(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        int last = rest.lastIndexOf('/');
        String namespace = last < 0 ? "" : decodedSegments(rest.substring(0, last));
        return new PackageUrl(type, namespace, decode(rest.substring(last + 1)), version, qualifiers, subpath);
    }

    private static Map<String, String> readQualifiers(String text) {
        Map<String, String> qualifiers = new TreeMap<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('&', from);
            String pair = text.substring(from, end < 0 ? text.length() : end);
            int equals = pair.indexOf('=');
            require(equals > 0, "a qualifier without key or value: " + pair);
            String key = pair.substring(0, equals).toLowerCase(Locale.ROOT);
            String earlier = qualifiers.put(key, decode(pair.substring(equals + 1)));
            require(earlier == null, "a qualifier that stands twice: " + pair);
            from = end < 0 ? text.length() : end + 1;
        }
        return qualifiers;
    }

    /** The text without slashes at either end. */
    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == '/') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == '/') {
            to--;
        }
        return text.substring(from, to);
    }

    private static String decodedSegments(String text) {
        StringBuilder decoded = new StringBuilder();
        for (String segment : text.split("/", -1)) {
            String plain = decode(segment);
            require(plain.indexOf('/') < 0, "a segment that holds a slash: " + text);
            decoded.append('/').append(plain);
        }
        return decoded.substring(1);
    }

    private static String segments(String text, boolean isPath) {
        if (text.isEmpty() || !isPath && text.indexOf('/') < 0) {
            return text;
        }
        StringBuilder joined = new StringBuilder();
        for (String segment : text.split("/", -1)) {
            if (!segment.isEmpty()) {
                require(!isPath || !segment.equals(".") && !segment.equals(".."), "a subpath with " + segment);
                joined.append('/').append(segment);
            }
        }
        return joined.isEmpty() ? "" : joined.substring(1);
    }

    private static Map<String, String> sorted(Map<String, String> given) {
        if (given.isEmpty()) {
            return Map.of();
        }
        Map<String, String> sorted = new TreeMap<>();
        for (Map.Entry<String, String> entry : given.entrySet()) {
            if (!isKey(entry.getKey())) {
                throw new IllegalArgumentException("not a qualifier's key: " + entry.getKey());
            }
            if (!entry.getValue().isEmpty()) {
                sorted.put(entry.getKey(), entry.getValue());
            }
        }
        return Collections.unmodifiableMap(sorted);
    }

    private static boolean isType(String text) {
        return isWord(text, ".-");
    }

    private static boolean isKey(String text) {
        return isWord(text, ".-_");
    }

    private static boolean isWord(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9') && marks.indexOf(c) < 0)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Percent-decodes UTF-8, strictly. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] given = text.getBytes(UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(given.length);
        for (int i = 0; i < given.length; i++) {
            if (given[i] != '%') {
                plain.put(given[i]);
                continue;
            }
            int high = i + 2 < given.length ? Character.digit(given[i + 1], 16) : -1;
            int low = i + 2 < given.length ? Character.digit(given[i + 2], 16) : -1;
            require(high >= 0 && low >= 0, "a broken percent-encoding: " + text);
            plain.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return UTF_8.newDecoder().decode(plain.flip()).toString();
        } catch (CharacterCodingException broken) {
            throw new IllegalArgumentException("not UTF-8 behind percent-encoding: " + text, broken);
        }
    }

    private static void encode(String text, boolean slashes, StringBuilder into) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i)) && !(slashes && text.charAt(i) == '/')) {
                encodeFrom(text, i, slashes, into);
                return;
            }
            into.append(text.charAt(i));
        }
    }

    private static void encodeFrom(String text, int from, boolean slashes, StringBuilder into) {
        for (byte b : text.substring(from).getBytes(UTF_8)) {
            if (isPlain((char) (b & 0xff)) || slashes && b == '/') {
                into.append((char) b);
            } else {
                into.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '.'
                || c == '-'
                || c == '_'
                || c == '~'
                || c == ':';
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The canonical form. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(96).append(SCHEME).append(type).append('/');
        if (!namespace.isEmpty()) {
            encode(namespace, true, text);
            text.append('/');
        }
        encode(name, false, text);
        if (!version.isEmpty()) {
            encode(version, false, text.append('@'));
        }
        char mark = '?';
        for (Map.Entry<String, String> entry : qualifiers.entrySet()) {
            text.append(mark).append(entry.getKey()).append('=');
            encode(entry.getValue(), false, text);
            mark = '&';
        }
        if (!subpath.isEmpty()) {
            encode(subpath, true, text.append('#'));
        }
        return text.toString();
    }
}
