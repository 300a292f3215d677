package dev.holdfast.store;

/** What differs between the two stores; everything else is the SQL that both understand. */
enum Dialect {
    /** A folder, which belongs to one process at a time. */
    H2 {
        @Override
        String lockOfSchema() {
            return "SELECT 1";
        }
    },
    /** A server that several of us share. */
    POSTGRESQL {
        @Override
        String lockOfSchema() {
            return "SELECT CAST(pg_advisory_xact_lock(7236817331) AS VARCHAR)";
        }
    };

    /** Makes others wait who would bring the schema up to date at the same time; until the end of the transaction. */
    abstract String lockOfSchema();
}
