package dev.holdfast.inventory.licence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The identifiers of the SPDX licence list, in whatever case they are written (annex D.2), and what took the place of those that the list
 * deprecates.
 */
final class LicenceIds {
    private static final Map<String, String> LICENCES = read("spdx-licences.txt");
    private static final Map<String, String> EXCEPTIONS = read("spdx-exceptions.txt");

    /** Longer references help nobody. */
    private static final int LONGEST_REFERENCE = 80;

    /** Deprecated identifiers, and what says the same now; a plus and the GNU licences have rules of their own. */
    private static final Map<String, String> REPLACED = Map.ofEntries(
            Map.entry("BSD-2-Clause-FreeBSD", "BSD-2-Clause-Views"),
            Map.entry("BSD-2-Clause-NetBSD", "BSD-2-Clause"),
            Map.entry("bzip2-1.0.5", "bzip2-1.0.6"),
            Map.entry("eCos-2.0", "GPL-2.0-or-later WITH eCos-exception-2.0"),
            Map.entry("GPL-2.0-with-autoconf-exception", "GPL-2.0-only WITH Autoconf-exception-2.0"),
            Map.entry("GPL-2.0-with-bison-exception", "GPL-2.0-only WITH Bison-exception-2.2"),
            Map.entry("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
            Map.entry("GPL-2.0-with-font-exception", "GPL-2.0-only WITH Font-exception-2.0"),
            Map.entry("GPL-2.0-with-GCC-exception", "GPL-2.0-only WITH GCC-exception-2.0"),
            Map.entry("GPL-3.0-with-autoconf-exception", "GPL-3.0-only WITH Autoconf-exception-3.0"),
            Map.entry("GPL-3.0-with-GCC-exception", "GPL-3.0-only WITH GCC-exception-3.1"),
            Map.entry("Nunit", "zlib-acknowledgement"),
            Map.entry("StandardML-NJ", "SMLNJ"),
            Map.entry("wxWindows", "LGPL-2.0-or-later WITH WxWindows-exception-3.1"));

    private LicenceIds() {}

    private static Map<String, String> read(String file) {
        Map<String, String> ids = new HashMap<>();
        try (InputStream in = LicenceIds.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the program");
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    ids.put(line.toLowerCase(Locale.ROOT), line);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return ids;
    }

    static boolean isException(String id) {
        return EXCEPTIONS.containsKey(id.toLowerCase(Locale.ROOT));
    }

    static Optional<String> exception(String written) {
        return Optional.ofNullable(EXCEPTIONS.get(written.toLowerCase(Locale.ROOT)));
    }

    /** The licence that an identifier stands for, deprecated ones replaced; empty when the list does not have it. */
    static Optional<LicenceExpression.One> licence(String written) {
        if (written.startsWith("LicenseRef-") || written.startsWith("DocumentRef-")) {
            return Optional.of(new LicenceExpression.One(written, ""));
        }
        boolean hasPlus = written.endsWith("+");
        String bare = hasPlus ? written.substring(0, written.length() - 1) : written;
        String whole = LICENCES.get(written.toLowerCase(Locale.ROOT));
        String id = whole != null ? whole : LICENCES.get(bare.toLowerCase(Locale.ROOT));
        if (id == null) {
            return Optional.empty();
        }
        String replaced = REPLACED.get(id);
        if (replaced != null) {
            int with = replaced.indexOf(" WITH ");
            return Optional.of(
                    with < 0
                            ? new LicenceExpression.One(replaced, "")
                            : new LicenceExpression.One(replaced.substring(0, with), replaced.substring(with + 6)));
        }
        return Optional.of(new LicenceExpression.One(current(id, hasPlus), ""));
    }

    /** {@code GPL-2.0} means that version only, {@code GPL-2.0+} later ones too; other licences keep their plus. */
    private static String current(String id, boolean hasPlus) {
        String bare = id.endsWith("+") ? id.substring(0, id.length() - 1) : id;
        boolean isGnu = bare.matches("(A?GPL|LGPL|GFDL)-\\d\\.\\d");
        if (isGnu) {
            return bare + (hasPlus ? "-or-later" : "-only");
        }
        boolean isDecided = id.endsWith("-only") || id.endsWith("-or-later");
        return hasPlus && !isDecided ? bare + "+" : id;
    }

    /** A reference for what the list does not have: letters, digits, dashes and dots (annex D.2). */
    static String reference(String words) {
        StringBuilder out = new StringBuilder("LicenseRef-");
        boolean dash = true;
        for (int i = 0; i < words.length() && out.length() < LONGEST_REFERENCE; i++) {
            char c = words.charAt(i);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.';
            if (isPlain) {
                out.append(c);
                dash = false;
            } else if (!dash) {
                out.append('-');
                dash = true;
            }
        }
        int end = out.length();
        while (end > 0 && (out.charAt(end - 1) == '-' || out.charAt(end - 1) == '.')) {
            end--;
        }
        return out.substring(0, end).equals("LicenseRef") ? "LicenseRef-unnamed" : out.substring(0, end);
    }
}
