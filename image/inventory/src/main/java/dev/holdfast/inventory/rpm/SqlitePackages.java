package dev.holdfast.inventory.rpm;

import dev.holdfast.core.InputException;
import dev.holdfast.database.sqlite.SqliteDatabase;
import dev.holdfast.database.sqlite.SqliteRow;
import java.io.IOException;

/**
 * {@code rpmdb.sqlite}. The table {@code Packages} has the columns {@code hnum INTEGER PRIMARY KEY} (stored as NULL) and {@code blob BLOB}: a header.
 */
record SqlitePackages(SqliteDatabase database) implements RpmDatabase {
    private static final String TABLE = "Packages";

    @Override
    public String format() {
        return "SQLite";
    }

    @Override
    public void forEachHeader(HeaderVisitor visitor) throws InputException, IOException {
        database.forEachRow(TABLE, row -> {
            int column = header(row);
            visitor.header(row.bytes(), row.start(column), row.length(column));
        });
    }

    private static int header(SqliteRow row) throws InputException {
        for (int i = 0; i < row.columns(); i++) {
            if (row.isBlob(i)) {
                return i;
            }
        }
        throw new InputException(InputException.Code.MALFORMED, "an SQLite file with a package's row without a header");
    }
}
