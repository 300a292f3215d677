package dev.holdfast.policy.cel.function.kubernetes;

import dev.holdfast.core.text.GoText;
import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Named;
import dev.holdfast.policy.cel.value.Values;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A URL as Go's url.ParseRequestURI reads it: absolute, or a path that begins with a slash; a fragment is no part of its syntax.
 *
 * @param scheme in small letters; empty for a path
 * @param host with its port, percent signs resolved
 * @param path as written, percent signs and all
 * @param query as written, without the question mark
 */
record WebAddress(String scheme, String host, String path, String query) implements Named {
    static final String TYPE = "kubernetes.URL";

    static void addTo(Library library) {
        Cost walk = arguments -> Values.walking(Values.size(arguments[0]));
        library.global("url", "string", TYPE, walk, a -> {
                    try {
                        return parse((String) a[0]);
                    } catch (Fault wrong) {
                        throw new Fault("URL parse error during conversion from string: " + wrong.getMessage());
                    }
                })
                .global("isURL", "string", "bool", walk, a -> isAddress((String) a[0]));
        library.member("getScheme", TYPE, "string", Cost.ONE, a -> of(a[0]).scheme)
                .member("getHost", TYPE, "string", Cost.ONE, a -> of(a[0]).host)
                .member("getHostname", TYPE, "string", Cost.ONE, a -> of(a[0]).hostname())
                .member("getPort", TYPE, "string", Cost.ONE, a -> of(a[0]).port())
                .member("getEscapedPath", TYPE, "string", Cost.ONE, a -> of(a[0]).escapedPath())
                .member("getQuery", TYPE, "map(string,list(string))", Cost.ONE, a -> of(a[0]).parameters());
    }

    private static WebAddress of(Object value) {
        return (WebAddress) value;
    }

    private static boolean isAddress(String text) {
        try {
            parse(text);
            return true;
        } catch (Fault wrong) {
            return false;
        }
    }

    /** @throws Fault with the words of Go's own error */
    static WebAddress parse(String text) throws Fault {
        try {
            return read(text);
        } catch (Fault wrong) {
            throw new Fault("parse " + GoText.quoted(text) + ": " + wrong.getMessage());
        }
    }

    private static WebAddress read(String text) throws Fault {
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
            throw new Fault("net/url: invalid control character in URL");
        }
        if (text.isEmpty()) {
            throw new Fault("empty url");
        }
        if (text.equals("*")) {
            return new WebAddress("", "", "*", "");
        }
        int colon = schemeEnd(text);
        String scheme = text.substring(0, Math.max(0, colon)).toLowerCase(java.util.Locale.ROOT);
        String rest = text.substring(colon + 1);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return new WebAddress(scheme, "", "", query); // opaque: mailto:a@b
            }
            throw new Fault("invalid URI for request");
        }
        String host = "";
        if (!scheme.isEmpty() && rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            rest = slash < 0 ? "" : rest.substring(slash);
            host = host(authority);
        }
        unescaped(rest, "");
        return new WebAddress(scheme, host, rest, query);
    }

    /** Where the colon of the scheme is, or -1 when there is no scheme. */
    private static int schemeEnd(String text) throws Fault {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean isOther = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
            if (c == ':') {
                if (i == 0) {
                    throw new Fault("missing protocol scheme");
                }
                return i;
            }
            if (!isLetter && !(isOther && i > 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static String host(String authority) throws Fault {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String user = authority.substring(0, at);
            if (!user.chars().allMatch(WebAddress::isOfUser)) {
                throw new Fault("net/url: invalid userinfo");
            }
            unescaped(user, "");
        }
        String host = authority.substring(at + 1);
        int close = host.lastIndexOf(']');
        if (host.startsWith("[")) {
            if (close < 0) {
                throw new Fault("missing ']' in host");
            }
            requirePort(host.substring(close + 1));
            return unescaped(host, "[]:.%");
        }
        int colon = host.lastIndexOf(':');
        if (colon >= 0) {
            requirePort(host.substring(colon));
        }
        return unescaped(host, "host");
    }

    private static boolean isOfUser(int c) {
        return c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || "-._:~!$&'()*+,;=%@".indexOf(c) >= 0;
    }

    private static void requirePort(String port) throws Fault {
        boolean isPort = port.isEmpty()
                || port.charAt(0) == ':' && port.substring(1).chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isPort) {
            throw new Fault("invalid port " + GoText.quoted(port) + " after host");
        }
    }

    /**
     * Resolves percent signs.
     *
     * @param part what this is a part of: empty for a path, else a host, in which fewer characters may stand
     */
    private static String unescaped(String text, String part) throws Fault {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xFF;
            if (c == '%') {
                int high = i + 2 < bytes.length ? hex(bytes[i + 1]) : -1;
                int low = i + 2 < bytes.length ? hex(bytes[i + 2]) : -1;
                if (high < 0 || low < 0) {
                    String bad = new String(bytes, i, Math.min(3, bytes.length - i), StandardCharsets.UTF_8);
                    throw new Fault("invalid URL escape " + GoText.quoted(bad));
                }
                if (part.equals("host") && high < 8) {
                    throw new Fault(
                            "invalid URL escape " + GoText.quoted(new String(bytes, i, 3, StandardCharsets.US_ASCII)));
                }
                out.write(high << 4 | low);
                i += 2;
            } else {
                boolean isWrong = !part.isEmpty() && c < 0x80 && !isOfHost(c);
                if (isWrong) {
                    throw new Fault("invalid character " + GoText.quoted(String.valueOf((char) c)) + " in host name");
                }
                out.write(c);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }

    private static boolean isOfHost(int c) {
        return c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || "-_.~!$&'()*+,;=:[]<>\"%".indexOf(c) >= 0;
    }

    private String hostname() {
        int colon = portColon();
        String name = colon < 0 ? host : host.substring(0, colon);
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    private String port() {
        int colon = portColon();
        return colon < 0 ? "" : host.substring(colon + 1);
    }

    private int portColon() {
        int colon = host.lastIndexOf(':');
        boolean isPort = colon >= 0 && host.substring(colon + 1).chars().allMatch(Character::isDigit);
        return isPort ? colon : -1;
    }

    /** The path as written, if that is a way to write it, else with what must be escaped escaped. */
    private String escapedPath() throws Fault {
        StringBuilder escaped = new StringBuilder();
        boolean isFine = true;
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xFF;
            isFine &= c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~!$&'()*+,;=:@[]/%".indexOf(c) >= 0);
        }
        if (isFine) {
            return path;
        }
        for (byte octet : unescaped(path, "").getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xFF;
            boolean isPlain = c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~$&+,/:;=@".indexOf(c) >= 0);
            escaped.append(isPlain ? String.valueOf((char) c) : String.format(java.util.Locale.ROOT, "%%%02X", c));
        }
        return escaped.toString();
    }

    /** The parameters of the query; one that is written wrongly, or with a semicolon, is left out. */
    private Map<Object, Object> parameters() {
        Map<Object, Object> parameters = new LinkedHashMap<>();
        for (String part : query.split("&", -1)) {
            boolean isParameter = !part.isEmpty() && part.indexOf(';') < 0;
            int equals = part.indexOf('=');
            Optional<String> key = decoded(equals < 0 ? part : part.substring(0, equals));
            Optional<String> value = decoded(equals < 0 ? "" : part.substring(equals + 1));
            if (isParameter && key.isPresent() && value.isPresent()) {
                Object list = parameters.computeIfAbsent(key.get(), _ -> new ArrayList<>());
                Values.list(list).add(value.get());
            }
        }
        return parameters;
    }

    private static Optional<String> decoded(String written) {
        try {
            return Optional.of(unescaped(written.replace('+', ' '), ""));
        } catch (Fault wrong) {
            return Optional.empty();
        }
    }

    @Override
    public String typeName() {
        return TYPE;
    }
}
