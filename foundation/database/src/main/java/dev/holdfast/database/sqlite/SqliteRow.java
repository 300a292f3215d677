package dev.holdfast.database.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.InputException;
import java.util.Arrays;

/** The values of one row: where each column's bytes lie. The format is that of {@link SqliteDatabase}. */
public final class SqliteRow {
    /** More than the tables have that are read; the schema has five. */
    private static final int MOST_COLUMNS = 5;

    private final byte[] bytes;
    private final long[] types = new long[MOST_COLUMNS];
    private final int[] starts = new int[MOST_COLUMNS + 1];
    private int columns;

    SqliteRow(byte[] bytes, int length) throws InputException {
        this.bytes = bytes;
        Varint cursor = new Varint(bytes, 0, length);
        long header = cursor.next();
        if (header < 1 || header > length) {
            throw SqliteDatabase.malformed("a row whose header has " + header + " of " + length + " bytes");
        }
        cursor = new Varint(bytes, cursor.position(), (int) header);
        long start = header;
        while (cursor.position() < header && columns < MOST_COLUMNS) {
            types[columns] = cursor.next();
            starts[columns] = (int) start;
            start += lengthOf(types[columns]);
            if (start > length) {
                throw SqliteDatabase.malformed("a row whose column " + columns + " leaves it");
            }
            starts[++columns] = (int) start;
        }
    }

    /** The bytes that it lies in, which are used again for the next row. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many columns it has, of the first {@value #MOST_COLUMNS}. */
    public int columns() {
        return columns;
    }

    /** Whether a column holds bytes. */
    public boolean isBlob(int column) {
        return column < columns && types[column] >= 12 && types[column] % 2 == 0;
    }

    /** Where a column begins. */
    public int start(int column) {
        return starts[column];
    }

    public int length(int column) {
        return starts[column + 1] - starts[column];
    }

    /** The column as text; empty when it is none. */
    public String text(int column) {
        return column < columns && types[column] >= 13 && types[column] % 2 == 1
                ? new String(bytes, starts[column], length(column), UTF_8)
                : "";
    }

    /** What a column holds of text or bytes, which is its own; empty when it is neither. */
    public byte[] content(int column) {
        return column < columns && types[column] >= 12
                ? Arrays.copyOfRange(bytes, starts[column], starts[column + 1])
                : new byte[0];
    }

    /** The column as a number; -1 when it is none. */
    public long number(int column) {
        if (column >= columns || types[column] < 1 || types[column] > 9 || types[column] == 7) {
            return -1;
        }
        if (types[column] >= 8) {
            return types[column] - 8;
        }
        long value = bytes[starts[column]];
        for (int i = starts[column] + 1; i < starts[column + 1]; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    /** Types 10 and 11 are reserved and, in a file, wrong. */
    private static long lengthOf(long type) throws InputException {
        if (type < 0 || type == 10 || type == 11) {
            throw SqliteDatabase.malformed("a column of type " + type);
        }
        if (type >= 12) {
            return (type - 12) / 2;
        }
        return switch ((int) type) {
            case 1, 2, 3, 4 -> type;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> 0; // NULL, zero and one take no bytes
        };
    }
}
