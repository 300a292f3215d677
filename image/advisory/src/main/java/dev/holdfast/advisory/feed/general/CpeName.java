package dev.holdfast.advisory.feed.general;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A CPE 2.3 formatted string (NISTIR 7695 section 6.2), as far as we use it.
 *
 * <pre>cpe:2.3:part:vendor:product:version:update:edition:language:sw_edition:target_sw:target_hw:other</pre>
 *
 * <p>Any character may stand behind a backslash that takes away its meaning; {@code *} is any, {@code -} is none.
 *
 * @param part {@code a} application, {@code o} operating system, {@code h} hardware
 * @param vendor without backslashes
 * @param product without backslashes
 * @param version without backslashes; {@code *} any, {@code -} none
 * @param update the same
 */
record CpeName(String part, String vendor, String product, String version, String update) {
    private static final String PREFIX = "cpe:2.3:";

    /** Empty when it is no formatted string with at least a version. */
    static Optional<CpeName> parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (int i = PREFIX.length(); i < text.length() && parts.size() < 5; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                parts.add(current.toString());
                current.setLength(0);
            } else if (c == '\\' && i + 1 < text.length()) {
                current.append(text.charAt(++i));
            } else {
                current.append(c);
            }
        }
        if (parts.size() < 5) {
            parts.add(current.toString());
        }
        if (parts.size() < 5 || parts.get(1).isEmpty() || parts.get(2).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CpeName(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4)));
    }

    /** {@code vendor:product}. */
    String packageName() {
        return vendor + ":" + product;
    }

    boolean isAnyVersion() {
        return version.equals("*");
    }

    /** The one version it names, with its update ({@code 9.0.0-milestone1}); empty when it names none. */
    Optional<String> singleVersion() {
        if (version.isEmpty() || version.equals("*") || version.equals("-")) {
            return Optional.empty();
        }
        boolean plain = update.isEmpty() || update.equals("*") || update.equals("-");
        return Optional.of(plain ? version : version + "-" + update);
    }
}
