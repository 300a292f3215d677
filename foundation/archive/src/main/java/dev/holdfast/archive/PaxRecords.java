package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The records of a PAX extended header that change what an entry is. Each is {@code length SP key = value LF}, where the length counts
 * the whole record, itself included, in decimal.
 *
 * <p>Read: {@code path}, {@code linkpath}, {@code size}, and GNU's sparse files in their three versions: {@code GNU.sparse.offset} and
 * {@code GNU.sparse.numbytes} repeated (0.0), {@code GNU.sparse.map} (0.1), {@code GNU.sparse.major=1} with the map in the content (1.0);
 * {@code GNU.sparse.name} and {@code GNU.sparse.size} or {@code realsize} give the true name and length. An empty value takes back an
 * earlier one. A NUL in a path is refused, as container runtimes do.
 */
final class PaxRecords {
    byte @Nullable [] path;
    byte @Nullable [] linkPath;
    byte @Nullable [] sparseName;
    long size = -1;
    long sparseSize = -1;
    boolean isSparse;
    boolean hasMapInContent;
    SparseMap map = new SparseMap();

    private String major = "";
    private String minor = "";
    private boolean hasMap;
    private long pendingOffset = -1;

    /** Reads the records of one header. */
    void read(byte[] bytes, int length) throws InputException {
        int position = 0;
        while (position < length && bytes[position] != 0) {
            position = record(bytes, position, length);
        }
        settle();
    }

    private int record(byte[] bytes, int start, int limit) throws InputException {
        int position = start;
        int recordLength = 0;
        while (position < limit && bytes[position] >= '0' && bytes[position] <= '9' && recordLength <= limit) {
            recordLength = recordLength * 10 + bytes[position++] - '0';
        }
        int end = start + recordLength;
        if (position == start
                || position >= limit
                || bytes[position] != ' '
                || recordLength > limit - start
                || end - 1 <= position
                || bytes[end - 1] != '\n') {
            throw malformed();
        }
        int key = position + 1;
        int equals = key;
        while (equals < end && bytes[equals] != '=') {
            equals++;
        }
        if (equals == end || equals == key) {
            throw malformed();
        }
        take(new String(bytes, key, equals - key, StandardCharsets.UTF_8), bytes, equals + 1, end - 1);
        return end;
    }

    private void take(String key, byte[] bytes, int from, int to) throws InputException {
        switch (key) {
            case "path" -> path = text(bytes, from, to);
            case "linkpath" -> linkPath = text(bytes, from, to);
            case "size" -> size = from == to ? -1 : decimal(bytes, from, to);
            case "GNU.sparse.name" -> sparseName = text(bytes, from, to);
            case "GNU.sparse.size", "GNU.sparse.realsize" -> sparseSize = decimal(bytes, from, to);
            case "GNU.sparse.major" -> major = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
            case "GNU.sparse.minor" -> minor = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
            case "GNU.sparse.map" -> takeMap(bytes, from, to);
            case "GNU.sparse.offset" -> pendingOffset = decimal(bytes, from, to);
            case "GNU.sparse.numbytes" -> {
                if (pendingOffset < 0) {
                    throw malformed();
                }
                map.add(pendingOffset, decimal(bytes, from, to));
                pendingOffset = -1;
                hasMap = true;
            }
            default -> {
                // times, owners, extended attributes: they change nothing that is asked here
            }
        }
    }

    private void takeMap(byte[] bytes, int from, int to) throws InputException {
        map = new SparseMap();
        hasMap = true;
        long offset = -1;
        for (int start = from; start < to; ) {
            int end = start;
            while (end < to && bytes[end] != ',') {
                end++;
            }
            long number = decimal(bytes, start, end);
            if (offset < 0) {
                offset = number;
            } else {
                map.add(offset, number);
                offset = -1;
            }
            start = end + 1;
        }
        if (offset >= 0) {
            throw malformed();
        }
    }

    private void settle() {
        hasMapInContent = major.equals("1") && minor.equals("0");
        isSparse = hasMapInContent || (hasMap && (major.isEmpty() || major.equals("0")));
    }

    private static byte @Nullable [] text(byte[] bytes, int from, int to) throws InputException {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                throw new InputException(InputException.Code.MALFORMED, "PAX header is corrupt: NUL in a path");
            }
        }
        return from == to ? null : java.util.Arrays.copyOfRange(bytes, from, to);
    }

    static long decimal(byte[] bytes, int from, int to) throws InputException {
        long value = 0;
        if (from == to) {
            throw malformed();
        }
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                throw malformed();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static InputException malformed() {
        return new InputException(InputException.Code.MALFORMED, "PAX header is corrupt");
    }
}
