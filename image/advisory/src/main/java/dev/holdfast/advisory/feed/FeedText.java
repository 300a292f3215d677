package dev.holdfast.advisory.feed;

import dev.holdfast.advisory.feed.Feed.FeedFile;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The small texts that all feeds share: file names, first bytes, days, identifiers. */
public final class FeedText {
    /** Longer than any identifier or package name that a publisher gives; the longest seen, a Go module path, has 150 characters. */
    private static final int MAX_NAME = 512;

    private FeedText() {}

    /** The whole file. */
    public static byte[] bytes(FeedFile file) throws InputException, IOException {
        long most = Math.min(file.limits().fileBytes(), Integer.MAX_VALUE - 16);
        byte[] bytes = file.bytes().readNBytes((int) most);
        if (bytes.length == most && file.bytes().read() >= 0) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    file.path() + ": larger than " + file.limits().fileBytes()
                            + " bytes, which is the most that one file of this feed may have");
        }
        return bytes;
    }

    /** The last segment of a path. */
    public static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** First bytes as text, one character a byte, for looking at; without a byte-order mark. */
    public static String headText(byte[] head) {
        boolean marked = head.length > 2 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf;
        int start = marked ? 3 : 0;
        return new String(head, start, head.length - start, StandardCharsets.ISO_8859_1);
    }

    /** Whether the first bytes are those of a JSON object. */
    public static boolean isJsonObject(byte[] head) {
        for (byte b : head) {
            if (b == '{') {
                return true;
            }
            boolean isBlankOrMark = b == ' ' || b == '\n' || b == '\r' || b == '\t' || b < -16; // EF BB BF
            if (!isBlankOrMark) {
                return false;
            }
        }
        return false;
    }

    /**
     * The day of a date or time, {@code YYYY-MM-DD}; empty when the text does not begin with one. Year 1, which Go writes for an unset
     * time, is no day.
     */
    public static String day(String text) {
        if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-' || text.startsWith("0001")) {
            return "";
        }
        for (int i = 0; i < 10; i++) {
            if (i != 4 && i != 7 && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
                return "";
            }
        }
        int month = Integer.parseInt(text, 5, 7, 10);
        int day = Integer.parseInt(text, 8, 10, 10);
        return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? text.substring(0, 10) : "";
    }

    /** Whether a text can be an identifier or a package's name: something, not too long, without control characters or blanks at its ends. */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > MAX_NAME || !text.equals(text.strip())) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a CVE identifier: {@code CVE-YYYY-N…} with four digits or more at the end. */
    public static boolean isCve(String id) {
        if (!id.startsWith("CVE-") || id.length() < 13 || id.length() > 24 || id.charAt(8) != '-') {
            return false;
        }
        for (int i = 4; i < id.length(); i++) {
            if (i != 8 && (id.charAt(i) < '0' || id.charAt(i) > '9')) {
                return false;
            }
        }
        return true;
    }

    /** The identifiers in a list, each once, in order, without {@code self} and without what is none. */
    public static List<String> identifiers(List<String> texts, String self) {
        Set<String> kept = new LinkedHashSet<>();
        for (String text : texts) {
            String id = text.strip();
            if (isName(id) && id.indexOf(' ') < 0 && !id.equals(self)) {
                kept.add(id);
            }
        }
        return new ArrayList<>(kept);
    }

    /** A rater's word: lower case, no blanks around it, empty when it is no word. */
    public static String word(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return word.length() <= 32 && isName(word) ? word : "";
    }
}
