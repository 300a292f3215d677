package dev.holdfast.inventory.rpm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.database.Window;
import dev.holdfast.database.sqlite.SqliteDatabase;
import dev.holdfast.database.sqlite.SqliteLog;
import dev.holdfast.oci.FileContent;
import java.io.IOException;

/** A file that holds the headers of installed packages. */
sealed interface RpmDatabase permits BerkeleyDatabase, NdbDatabase, SqlitePackages {
    /** How the container is called in evidence. */
    String format();

    /** Hands over every header blob, in the order of the file. */
    void forEachHeader(HeaderVisitor visitor) throws InputException, IOException;

    /** Takes one header as a range of bytes, which are used again for the next one. */
    @FunctionalInterface
    interface HeaderVisitor {
        void header(byte[] bytes, int from, int length) throws InputException, IOException;
    }

    /**
     * Tells the container by its first bytes.
     *
     * @param log what SQLite has not yet copied into the file; the others have none
     * @throws InputException when it is none that rpm ever wrote, or its own header is wrong
     */
    static RpmDatabase open(FileContent content, SqliteLog log, Limits limits) throws InputException, IOException {
        byte[] start = new byte[BerkeleyDatabase.META_BYTES];
        int have = content.read(0, start, 0, start.length);
        if (have <= 0) {
            throw new InputException(InputException.Code.TRUNCATED, "the rpm database is empty");
        }
        Window head = new Window(start, Math.min(have, start.length));
        if (SqliteDatabase.isOne(head)) {
            return new SqlitePackages(SqliteDatabase.open(head, content, log, limits));
        }
        if (NdbDatabase.isOne(head)) {
            return NdbDatabase.open(head, content, limits);
        }
        if (BerkeleyDatabase.isOne(head)) {
            return BerkeleyDatabase.open(head, content, limits);
        }
        throw new InputException(
                InputException.Code.UNSUPPORTED, "the rpm database is neither Berkeley DB hash nor NDB nor SQLite");
    }
}
