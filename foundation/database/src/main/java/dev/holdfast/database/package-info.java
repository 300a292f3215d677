/** What readers of databases have in common: the bytes of a file, and numbers in them that are checked before they are believed. */
@NullMarked
package dev.holdfast.database;

import org.jspecify.annotations.NullMarked;
