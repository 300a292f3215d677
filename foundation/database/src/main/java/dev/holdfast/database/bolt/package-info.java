/**
 * Reading bbolt databases, in which engines keep what they know of their containers: {@link dev.holdfast.database.bolt.BoltFile} finds and lists what
 * a file holds while its owner goes on writing. Whoever owns the file may have made it to hurt.
 */
@NullMarked
package dev.holdfast.database.bolt;

import org.jspecify.annotations.NullMarked;
