package dev.holdfast.policy.cel.function.kubernetes;

import dev.holdfast.core.text.GoText;
import dev.holdfast.policy.cel.value.Fault;

/** Reads IP addresses as Go's net/netip does, without zones, and says what is wrong in its words. */
final class AddressReader {
    private AddressReader() {}

    /** Go's netip.ParseAddr without zones; four or sixteen octets. */
    static byte[] octets(String text, String shown, String errorPrefix) throws Fault {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '.' -> {
                    return four(text, shown, errorPrefix);
                }
                case ':' -> {
                    return six(text, shown, errorPrefix);
                }
                case '%' -> throw new Fault(errorPrefix + error(shown, "missing IPv6 address", ""));
                default -> {}
            }
        }
        throw new Fault(errorPrefix + error(shown, "unable to parse IP", ""));
    }

    private static byte[] four(String text, String shown, String prefix) throws Fault {
        byte[] octets = new byte[4];
        int place = 0;
        int value = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String why = "";
            String at = "";
            if (c >= '0' && c <= '9') {
                value = value * 10 + c - '0';
                why = digits == 1 && value < 10 && text.charAt(i - 1) == '0'
                        ? "IPv4 field has octet with leading zero"
                        : value > 255 ? "IPv4 field has value >255" : "";
                digits++;
            } else if (c == '.') {
                if (i == 0 || i == text.length() - 1 || text.charAt(i - 1) == '.') {
                    why = "IPv4 field must have at least one digit";
                    at = text.substring(i);
                } else if (place == 3) {
                    why = "IPv4 address too long";
                } else {
                    octets[place++] = (byte) value;
                    value = 0;
                    digits = 0;
                }
            } else {
                why = "unexpected character";
                at = text.substring(i);
            }
            if (!why.isEmpty()) {
                throw new Fault(prefix + error(shown, why, at));
            }
        }
        if (place < 3) {
            throw new Fault(prefix + error(shown, "IPv4 address too short", ""));
        }
        octets[3] = (byte) value;
        return octets;
    }

    private static byte[] six(String text, String shown, String prefix) throws Fault {
        byte[] octets = new byte[16];
        int filled = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (filled < 16 && at < text.length()) {
            int end = at;
            int value = 0;
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 0x80) {
                value = value << 4 | Character.digit(text.charAt(end), 16);
                end++;
                requireSix(end - at <= 4, shown, "each group must have 4 or less digits", text.substring(at), prefix);
            }
            requireSix(
                    end > at,
                    shown,
                    "each colon-separated field must have at least one digit",
                    text.substring(at),
                    prefix);
            if (end < text.length() && text.charAt(end) == '.') {
                requireSix(
                        gap >= 0 || filled == 12,
                        shown,
                        "embedded IPv4 address must replace the final 2 fields of the address",
                        text.substring(at),
                        prefix);
                requireSix(
                        filled + 4 <= 16,
                        shown,
                        "too many hex fields to fit an embedded IPv4 at the end of the address",
                        text.substring(at),
                        prefix);
                byte[] last = four(text.substring(at), shown, prefix);
                System.arraycopy(last, 0, octets, filled, 4);
                filled += 4;
                at = text.length();
                break;
            }
            octets[filled] = (byte) (value >> 8);
            octets[filled + 1] = (byte) value;
            filled += 2;
            at = end;
            if (at == text.length()) {
                break;
            }
            requireSix(text.charAt(at) == ':', shown, "unexpected character, want colon", text.substring(at), prefix);
            requireSix(
                    at + 1 < text.length(),
                    shown,
                    "colon must be followed by more characters",
                    text.substring(at),
                    prefix);
            at++;
            if (text.charAt(at) == ':') {
                requireSix(gap < 0, shown, "multiple :: in address", text.substring(at), prefix);
                gap = filled;
                at++;
            }
        }
        requireSix(at == text.length(), shown, "trailing garbage after address", text.substring(at), prefix);
        if (filled < 16) {
            requireSix(gap >= 0, shown, "address string too short", "", prefix);
            byte[] whole = new byte[16];
            System.arraycopy(octets, 0, whole, 0, gap);
            System.arraycopy(octets, gap, whole, 16 - (filled - gap), filled - gap);
            return whole;
        }
        requireSix(gap < 0, shown, "the :: must expand to at least one field of zeros", "", prefix);
        return octets;
    }

    private static void requireSix(boolean holds, String shown, String why, String at, String prefix) throws Fault {
        if (!holds) {
            throw new Fault(prefix + error(shown, why, at));
        }
    }

    static String error(String text, String why, String at) {
        return "ParseAddr(" + GoText.quoted(text) + "): " + why
                + (at.isEmpty() ? "" : " (at " + GoText.quoted(at) + ")");
    }
}
