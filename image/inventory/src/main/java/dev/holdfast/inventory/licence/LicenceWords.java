package dev.holdfast.inventory.licence;

import dev.holdfast.inventory.licence.LicenceExpression.One;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a declared licence, as SPDX writes it or as people do.
 *
 * <pre>
 * any   = all { ( "or" | "/" | "|" ) all } ;
 * all   = one { ( "and" | "&amp;" | "," | ";" ) one } ;
 * one   = "(" any ")" | words [ "with" words ] ;
 * </pre>
 *
 * Words are an SPDX identifier, current or deprecated, Debian's or Fedora's name of a licence, or one of the names that package indexes are
 * full of; words that are none of these become a {@code LicenseRef-}. Operators in capitals or small letters mean the same. A text that is too
 * long, or nested too deeply, is one reference.
 */
public final class LicenceWords {
    /** The longest expressions, of whole distributions' kernels and browsers, have some 4,000. */
    private static final int MOST_TEXT = 8_192;

    private static final int MOST_DEPTH = 16;

    /** No licence has a longer name. */
    private static final int MOST_NAME = 200;

    private static final Map<String, String> NAMES = names();

    private final List<String> tokens;
    private int at;
    private int depth;

    private LicenceWords(List<String> tokens) {
        this.tokens = tokens;
    }

    /** The expression that the words mean; empty for none at all. */
    public static Optional<LicenceExpression> read(String declared) {
        String text = declared.strip();
        if (text.isEmpty()
                || text.equalsIgnoreCase("NOASSERTION")
                || text.equalsIgnoreCase("NONE")
                || text.equalsIgnoreCase("UNKNOWN")) {
            return Optional.empty();
        }
        Optional<One> known = known(text);
        if (known.isPresent()) {
            return Optional.of(known.get());
        }
        if (text.length() > MOST_TEXT) {
            return Optional.of(new One(LicenceIds.reference(text), ""));
        }
        LicenceWords words = new LicenceWords(tokens(text));
        Optional<LicenceExpression> read = words.any();
        boolean isWhole = read.isPresent() && words.at == words.tokens.size();
        return isWhole ? read : Optional.of(new One(LicenceIds.reference(text), ""));
    }

    /** Whether the words are the name of one licence. */
    static boolean isKnown(String name) {
        return known(name).isPresent();
    }

    /** The identifier that a name stands for; the name itself when it is not known. */
    static String spelled(String name) {
        return known(name).map(One::toString).orElse(name);
    }

    /** The one licence that a name means, if it is one we know. */
    private static Optional<One> known(String name) {
        Optional<One> listed = LicenceIds.licence(name);
        if (listed.isPresent()) {
            return listed;
        }
        String id = name.length() > MOST_NAME ? null : NAMES.get(key(name));
        return id == null ? Optional.empty() : withException(id);
    }

    private static Optional<One> withException(String id) {
        int with = id.indexOf(" WITH ");
        return with < 0
                ? LicenceIds.licence(id)
                : Optional.of(new One(id.substring(0, with), id.substring(with + " WITH ".length())));
    }

    /** A name without what differs from writer to writer. */
    private static String key(String name) {
        String text = name.toLowerCase(Locale.ROOT)
                .replaceAll("[\"'()]", "")
                .replaceAll("[\\s,_:-]+", " ")
                .strip();
        text = text.replaceAll("\\b(the|license|licence|licensed|version|software|v\\.?(?=\\s?\\d))", " ");
        return text.replaceAll("\\s+", " ").strip();
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isSign = "()|&,;".indexOf(c) >= 0 || c == '/' && !isInside(text, i);
            if (Character.isWhitespace(c) || isSign) {
                add(tokens, word);
                if (isSign) {
                    tokens.add(String.valueOf(c));
                }
            } else {
                word.append(c);
            }
        }
        add(tokens, word);
        return tokens;
    }

    /** A slash inside of an address or of {@code n/a} separates nothing. */
    private static boolean isInside(String text, int i) {
        return text.contains("://") || i > 0 && i + 1 < text.length() && text.charAt(i - 1) == 'n';
    }

    private static void add(List<String> tokens, StringBuilder word) {
        if (word.length() > 0) {
            tokens.add(word.toString());
            word.setLength(0);
        }
    }

    private boolean takes(String... signs) {
        for (String sign : signs) {
            if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(sign)) {
                at++;
                return true;
            }
        }
        return false;
    }

    private Optional<LicenceExpression> any() {
        if (++depth > MOST_DEPTH) {
            return Optional.empty();
        }
        List<LicenceExpression> parts = new ArrayList<>();
        do {
            Optional<LicenceExpression> part = all();
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        } while (takes("or", "/", "|"));
        depth--;
        return Optional.of(LicenceExpression.any(parts));
    }

    private Optional<LicenceExpression> all() {
        List<LicenceExpression> parts = new ArrayList<>();
        do {
            while (takes("and", "&", ",", ";")) {
                // "a, and b": two signs mean one
            }
            if (at < tokens.size() && isOr(tokens.get(at)) && !parts.isEmpty()) {
                break;
            }
            Optional<LicenceExpression> part = one();
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        } while (takes("and", "&", ",", ";"));
        return Optional.of(LicenceExpression.all(parts));
    }

    private static boolean isOr(String token) {
        return token.equalsIgnoreCase("or") || token.equals("/") || token.equals("|");
    }

    private Optional<LicenceExpression> one() {
        if (takes("(")) {
            Optional<LicenceExpression> inner = any();
            return takes(")") ? inner : Optional.empty();
        }
        String name = words();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        One licence = known(name).orElseGet(() -> new One(LicenceIds.reference(name), ""));
        if (!takes("with")) {
            return Optional.of(licence.isListed() ? licence : side(name).orElse(licence));
        }
        String exception = words();
        return exception.isEmpty()
                ? Optional.empty()
                : Optional.of(new One(licence.id(), exception(licence, exception)));
    }

    /** Licences that only spaces part, as older Alpine packages have them; empty when any word is none. */
    private static Optional<LicenceExpression> side(String name) {
        List<LicenceExpression> parts = new ArrayList<>();
        for (String word : name.split(" ", -1)) {
            Optional<One> one = known(word);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            parts.add(one.get());
        }
        return parts.size() < 2 ? Optional.empty() : Optional.of(LicenceExpression.all(parts));
    }

    /** The words up to the next operator. */
    private String words() {
        StringBuilder words = new StringBuilder();
        while (at < tokens.size() && !isOperator(tokens.get(at))) {
            words.append(words.isEmpty() ? "" : " ").append(tokens.get(at++));
        }
        return words.toString();
    }

    private boolean isOperator(String token) {
        return switch (token.toLowerCase(Locale.ROOT)) {
            case "(", ")", "|", "&", ",", ";", "/", "and", "with" -> true;
            case "or" -> !isOrLater();
            default -> false;
        };
    }

    /** {@code GPL version 2 or later} is one licence. */
    private boolean isOrLater() {
        return at + 1 < tokens.size()
                && List.of("later", "any", "newer", "greater")
                        .contains(tokens.get(at + 1).toLowerCase(Locale.ROOT));
    }

    private static String exception(One licence, String words) {
        Optional<String> listed = LicenceIds.exception(words);
        if (listed.isPresent()) {
            return listed.get();
        }
        String key = key(words);
        if (key.contains("classpath")) {
            return "Classpath-exception-2.0";
        }
        if (key.contains("autoconf")) {
            return licence.id().contains("-3.0") ? "Autoconf-exception-3.0" : "Autoconf-exception-2.0";
        }
        if (key.contains("linux syscall note")) {
            return "Linux-syscall-note";
        }
        if (key.contains("bison")) {
            return "Bison-exception-2.2";
        }
        if (key.contains("libtool")) {
            return "Libtool-exception";
        }
        if (key.contains("gcc") || key.contains("runtime library")) {
            return licence.id().contains("-3.0") ? "GCC-exception-3.1" : "GCC-exception-2.0";
        }
        if (key.contains("font")) {
            return "Font-exception-2.0";
        }
        return key.contains("llvm") ? "LLVM-exception" : words;
    }

    /** Names by {@link #key}. */
    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (String[] row : LicenceNames.ROWS) {
            for (int i = 1; i < row.length; i++) {
                names.put(key(row[i]), row[0]);
            }
        }
        for (String family : List.of("GPL", "LGPL", "AGPL", "GFDL")) {
            for (String number : List.of("1.0", "1.1", "1.2", "1.3", "2.0", "2.1", "3.0")) {
                gnu(names, family, number);
            }
        }
        return names;
    }

    /** Debian writes {@code GPL-2+}, Fedora {@code GPLv2+}, people {@code GNU General Public License v2 or later (GPLv2+)}. */
    private static void gnu(Map<String, String> names, String family, String number) {
        String spdx = family + "-" + number;
        if (LicenceIds.licence(spdx).isEmpty()) {
            return;
        }
        String brief = number.endsWith(".0") ? number.substring(0, 1) : number;
        String words = switch (family) {
            case "LGPL" -> number.equals("2.0") ? "GNU Library General Public" : "GNU Lesser General Public";
            case "AGPL" -> "GNU Affero General Public";
            case "GFDL" -> "GNU Free Documentation";
            default -> "GNU General Public";
        };
        for (String each : List.of(number, brief)) {
            for (String name : List.of(
                    family + "-" + each,
                    family + "v" + each,
                    family + each,
                    family + " v" + each,
                    "GNU " + family + " " + each,
                    "GNU " + family + "v" + each,
                    words + " License v" + each,
                    words + " License " + each,
                    words + " License v" + each + " " + family + "v" + each)) {
                names.putIfAbsent(key(name), spdx + "-only");
                names.putIfAbsent(key(name + " only"), spdx + "-only");
                for (String later : List.of(
                        "+",
                        " or later",
                        " or any later version",
                        " or newer",
                        " or later " + family + "v" + each + "+")) {
                    names.putIfAbsent(key(name + later), spdx + "-or-later");
                }
            }
        }
    }
}
