package dev.holdfast.inventory.ledger;

import java.util.Locale;

/** What a file is, told by its first bytes and its name. {@link #word()} is stable. */
public enum Nature {
    PROGRAM(true),
    ARCHIVE(true),
    SCRIPT(true),
    BYTECODE(true),
    /** Bytes that none of the others describes. */
    UNKNOWN(true),
    TEXT(false),
    PICTURE(false),
    FONT(false),
    TRANSLATION(false),
    DOCUMENTATION(false),
    TIME_ZONE(false),
    CERTIFICATE(false),
    SOUND(false),
    /** What package managers and linkers write down for themselves. */
    RECORD(false),
    /** A package as it was downloaded to be installed. */
    DOWNLOAD(false),
    EMPTY(false);

    private static final String CODE_ENDINGS =
            " .sh .bash .py .js .mjs .cjs .ts .rb .pl .pm .php .lua .tcl .ps1 .bat .awk .r .jl .ex .exs .groovy .jsp ";

    private final boolean mayRun;

    Nature(boolean mayRun) {
        this.mayRun = mayRun;
    }

    /** Whether it runs, or may hold what runs: then it matters where it comes from. */
    public boolean mayRun() {
        return mayRun;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param length how many bytes of the head there are, from 1 */
    static Nature of(String path, byte[] head, int length) {
        Nature byBytes = ofBytes(head, length);
        if (byBytes == ARCHIVE && isDownload(path)) {
            return DOWNLOAD;
        }
        if (byBytes != UNKNOWN && byBytes != TEXT) {
            return byBytes;
        }
        return ofName(path, byBytes);
    }

    private static Nature ofBytes(byte[] head, int length) {
        if (begins(head, length, 0x7f, 'E', 'L', 'F')
                || begins(head, length, 'M', 'Z')
                || begins(head, length, 0xfe, 0xed, 0xfa)
                || begins(head, length, 0xce, 0xfa, 0xed, 0xfe)
                || begins(head, length, 0xcf, 0xfa, 0xed, 0xfe)
                || begins(head, length, 0, 'a', 's', 'm')) {
            return PROGRAM;
        }
        if (begins(head, length, '#', '!')) {
            return SCRIPT;
        }
        if (begins(head, length, 0xca, 0xfe, 0xba, 0xbe)) {
            return BYTECODE;
        }
        if (begins(head, length, 'P', 'K', 3, 4)
                || begins(head, length, '!', '<', 'a', 'r', 'c', 'h', '>')
                || begins(head, length, 0x1f, 0x8b)
                || begins(head, length, 0xfd, '7', 'z', 'X', 'Z')
                || begins(head, length, 'B', 'Z', 'h')
                || begins(head, length, 0xed, 0xab, 0xee, 0xdb)
                || begins(head, length, 0x28, 0xb5, 0x2f, 0xfd)) {
            return ARCHIVE;
        }
        if (begins(head, length, 0x89, 'P', 'N', 'G')
                || begins(head, length, 'G', 'I', 'F', '8')
                || begins(head, length, 0xff, 0xd8, 0xff)
                || begins(head, length, 'R', 'I', 'F', 'F')
                || begins(head, length, 0, 0, 1, 0)) {
            return PICTURE;
        }
        if (begins(head, length, 0, 1, 0, 0, 0)
                || begins(head, length, 'O', 'T', 'T', 'O')
                || begins(head, length, 'w', 'O', 'F')
                || begins(head, length, 't', 't', 'c', 'f')) {
            return FONT;
        }
        if (begins(head, length, 0xde, 0x12, 0x04, 0x95) || begins(head, length, 0x95, 0x04, 0x12, 0xde)) {
            return TRANSLATION;
        }
        if (begins(head, length, 'T', 'Z', 'i', 'f')) {
            return TIME_ZONE;
        }
        if (begins(head, length, 'O', 'g', 'g', 'S') || begins(head, length, 'I', 'D', '3')) {
            return SOUND;
        }
        return isText(head, length) ? TEXT : UNKNOWN;
    }

    private static boolean begins(byte[] head, int length, int... bytes) {
        if (length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Text has no control characters but white space, escape and form feed. */
    private static boolean isText(byte[] head, int length) {
        for (int i = 0; i < length; i++) {
            int c = head[i] & 0xff;
            boolean isSpace = c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0x1b || c == '\b';
            if (c < ' ' && !isSpace) {
                return false;
            }
        }
        return true;
    }

    private static Nature ofName(String path, Nature byBytes) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot);
        if (ending.equals(".pyc") || ending.equals(".pyo") || ending.equals(".class") || ending.equals(".elc")) {
            return BYTECODE;
        }
        if (byBytes == TEXT) {
            boolean isCode = !ending.isEmpty() && CODE_ENDINGS.contains(" " + ending + " ");
            if (isCode) {
                return SCRIPT;
            }
            boolean isCertificate = ending.equals(".pem") || ending.equals(".crt") || ending.equals(".cer");
            return isCertificate ? CERTIFICATE : TEXT;
        }
        return isRecord(path) ? RECORD : UNKNOWN;
    }

    /** What package managers keep of what they installed; the bytes are known to be an archive. */
    private static boolean isDownload(String path) {
        return path.startsWith("/var/cache/")
                && (path.endsWith(".deb") || path.endsWith(".rpm") || path.endsWith(".apk") || path.endsWith(".ipk"));
    }

    private static boolean isRecord(String path) {
        return path.startsWith("/var/lib/dpkg/")
                || path.startsWith("/var/lib/apt/")
                || path.startsWith("/var/cache/apt/")
                || path.startsWith("/var/lib/rpm/")
                || path.startsWith("/usr/lib/sysimage/rpm/")
                || path.startsWith("/var/lib/dnf/")
                || path.startsWith("/lib/apk/db/")
                || path.startsWith("/var/cache/debconf/")
                || path.equals("/etc/ld.so.cache")
                || path.equals("/var/cache/ldconfig/aux-cache")
                || path.endsWith("/lib/locale/locale-archive")
                || path.endsWith("/gconv/gconv-modules.cache");
    }
}
