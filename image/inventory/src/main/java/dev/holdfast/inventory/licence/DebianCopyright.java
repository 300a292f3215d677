package dev.holdfast.inventory.licence;

import dev.holdfast.inventory.licence.LicenceExpression.One;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The licences of a Debian package's {@code copyright} file.
 *
 * <pre>
 * file      = header { stanza } ;                machine-readable, "copyright-format/1.0"
 * header    = "Format:" address … [ "License:" short-name ]
 * stanza    = "Files:" patterns "Copyright:" … "License:" short-name LF { text }     the licences of some files
 *           | "License:" short-name LF { text }                                      the text of a licence that others name
 * </pre>
 *
 * The package stands under all that its {@code Files} stanzas name. A file in words of its own tells licences only by pointing to Debian's
 * common texts, {@code /usr/share/common-licenses/GPL-2}.
 */
final class DebianCopyright {
    private static final String COMMON = "/usr/share/common-licenses/";

    private DebianCopyright() {}

    static Optional<LicenceExpression> read(String text) {
        int head = Math.min(text.length(), 2_000);
        boolean isFormat = text.substring(0, head).contains("copyright-format")
                || text.substring(0, head).contains("/dep5")
                || text.substring(0, head).startsWith("Format");
        List<LicenceExpression> parts = isFormat ? ofStanzas(text) : List.of();
        if (parts.isEmpty()) {
            parts = ofCommonTexts(text);
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(LicenceExpression.all(parts));
    }

    private static List<LicenceExpression> ofStanzas(String text) {
        List<LicenceExpression> parts = new ArrayList<>();
        boolean isOfFiles = true; // the header speaks of the whole
        for (String line : text.split("\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (line.isBlank()) {
                isOfFiles = false;
            } else if (lower.startsWith("files:")) {
                isOfFiles = true;
            } else if (isOfFiles && lower.startsWith("license:")) {
                LicenceWords.read(line.substring("license:".length())).ifPresent(parts::add);
            }
        }
        return parts;
    }

    private static List<LicenceExpression> ofCommonTexts(String text) {
        TreeSet<String> names = new TreeSet<>();
        int at = text.indexOf(COMMON);
        while (at >= 0) {
            int from = at + COMMON.length();
            int to = from;
            while (to < text.length()
                    && (Character.isLetterOrDigit(text.charAt(to)) || "-.+".indexOf(text.charAt(to)) >= 0)) {
                to++;
            }
            String name = text.substring(from, to);
            while (name.endsWith(".")) {
                name = name.substring(0, name.length() - 1);
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
            at = text.indexOf(COMMON, to);
        }
        List<LicenceExpression> parts = new ArrayList<>();
        names.forEach(name -> LicenceWords.read(name)
                .filter(read -> read instanceof One one && one.isListed())
                .ifPresent(parts::add));
        return parts;
    }
}
