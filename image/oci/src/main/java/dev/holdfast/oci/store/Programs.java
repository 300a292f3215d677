package dev.holdfast.oci.store;

/** Tells programs from their first bytes. */
public final class Programs {
    /** How many first bytes {@link #begins} wants to see. */
    public static final int MAGIC_BYTES = 8;

    private static final int MACH_O_FAT = 0xcafebabe;
    /** A fat Mach-O counts its architectures where a Java class, of the same magic, has its version, which began at 45. */
    private static final int MOST_ARCHITECTURES = 30;

    private Programs() {}

    /** Whether these are the first bytes of an ELF, PE or Mach-O file. */
    public static boolean begins(byte[] head, int length) {
        if (length >= 2 && head[0] == 'M' && head[1] == 'Z') {
            return true;
        }
        if (length < 4) {
            return false;
        }
        return switch (integer(head, 0)) {
            case 0x7f454c46, 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe -> true;
            case MACH_O_FAT -> length >= 8 && integer(head, 4) > 0 && integer(head, 4) < MOST_ARCHITECTURES;
            default -> false;
        };
    }

    private static int integer(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }
}
