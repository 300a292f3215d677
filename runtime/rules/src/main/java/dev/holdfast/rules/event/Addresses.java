package dev.holdfast.rules.event;

/** Reads addresses of IPv4 and IPv6 from text, without asking any name server. */
public final class Addresses {
    private Addresses() {}

    /** Reads an address into the value; false, and the value absent, when the text is none. */
    public static boolean read(String text, Value into) {
        into.clear();
        if (text.length() > 45) {
            return false;
        }
        if (text.indexOf(':') < 0) {
            long address = ipv4(text, 0);
            if (address >= 0) {
                into.setIpv4((int) address);
            }
        } else {
            ipv6(text, into);
        }
        return !into.isAbsent();
    }

    /** The address that begins at an offset and ends with the text; -1 when there is none. */
    private static long ipv4(String text, int from) {
        long address = 0;
        int parts = 0;
        int at = from;
        while (parts < 4) {
            int start = at;
            int part = 0;
            while (at < text.length() && at - start < 4 && Character.digit(text.charAt(at), 10) >= 0) {
                part = part * 10 + Character.digit(text.charAt(at++), 10);
            }
            if (at == start || part > 255) {
                return -1;
            }
            address = address << 8 | part;
            parts++;
            if (parts < 4 && (at == text.length() || text.charAt(at++) != '.')) {
                return -1;
            }
        }
        return at == text.length() ? address : -1;
    }

    private static void ipv6(String text, Value into) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int start = at;
            int group = 0;
            while (at < text.length() && at - start < 5 && Character.digit(text.charAt(at), 16) >= 0) {
                group = group << 4 | Character.digit(text.charAt(at++), 16);
            }
            if (at < text.length() && text.charAt(at) == '.' && count <= 6) {
                long tail = ipv4(text, start);
                if (tail < 0) {
                    return;
                }
                groups[count++] = (int) (tail >>> 16);
                groups[count++] = (int) (tail & 0xffff);
                break;
            }
            if (at == start || at - start > 4 || count == 8) {
                return;
            }
            groups[count++] = group;
            if (at == text.length()) {
                break;
            }
            if (text.charAt(at++) != ':' || at == text.length()) {
                return;
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return;
                }
                gap = count;
                at++;
            }
        }
        if (gap < 0 ? count == 8 : count < 8) {
            spread(groups, count, gap, into);
        }
    }

    private static void spread(int[] groups, int count, int gap, Value into) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            int shift = 8 - count;
            int group = gap < 0 || i < gap ? groups[i] : i < gap + shift ? 0 : groups[i - shift];
            if (i < 4) {
                high = high << 16 | group;
            } else {
                low = low << 16 | group;
            }
        }
        into.setIpv6(high, low);
    }
}
