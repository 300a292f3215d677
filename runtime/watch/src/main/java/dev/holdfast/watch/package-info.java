/**
 * Events against rules. {@link dev.holdfast.watch.Watcher} takes each event of a source ({@code source}: the kernel in {@code live}, audit logs
 * in {@code audit}, captures in {@code scap}, recordings in {@code record}; {@code open} finds out which a file is), asks the rules about it,
 * and tells alerts ({@code alert}) to sinks ({@code sink}). {@link dev.holdfast.watch.LiveRules} exchanges the rules while it goes on. Out
 * comes a {@link dev.holdfast.watch.WatchReport}: what was seen, and what was not.
 */
@NullMarked
package dev.holdfast.watch;

import org.jspecify.annotations.NullMarked;
