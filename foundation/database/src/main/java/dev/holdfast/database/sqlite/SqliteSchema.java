package dev.holdfast.database.sqlite;

import dev.holdfast.core.InputException;
import java.util.HashMap;
import java.util.Map;

/** Gathers from the rows of the schema table at which page each table begins. */
final class SqliteSchema implements SqliteDatabase.RowVisitor {
    private static final int TYPE = 0;
    private static final int NAME = 1;
    private static final int ROOT_PAGE = 3;

    /** rpm's own schema has about 40 entries. */
    private static final int MOST_TABLES = 1_000;

    private final Map<String, Long> roots = new HashMap<>();

    @Override
    public void row(SqliteRow row) {
        if (row.text(TYPE).equals("table") && roots.size() < MOST_TABLES) {
            roots.put(row.text(NAME), row.number(ROOT_PAGE));
        }
    }

    long rootOf(String table) throws InputException {
        Long root = roots.get(table);
        if (root == null) {
            throw SqliteDatabase.malformed("no table " + table);
        }
        return root;
    }
}
