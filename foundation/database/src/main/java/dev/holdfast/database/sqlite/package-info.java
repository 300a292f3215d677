/**
 * Reading SQLite's files without SQLite. {@link dev.holdfast.database.sqlite.SqliteDatabase} walks the tables of a file that nobody writes, such as one
 * in an image; {@link dev.holdfast.database.sqlite.LiveSqlite} those of one on this machine whose owner goes on writing.
 */
@NullMarked
package dev.holdfast.database.sqlite;

import org.jspecify.annotations.NullMarked;
