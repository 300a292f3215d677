/**
 * What a host is known to run while its system calls are watched: {@link dev.holdfast.watch.host.Task}s with their
 * {@link dev.holdfast.watch.host.Descriptor}s and {@link dev.holdfast.watch.host.Container}s, and the
 * {@link dev.holdfast.watch.host.SyscallEvent} of one of them, of which rules read fields. Knows nothing of where events come from.
 */
@NullMarked
package dev.holdfast.watch.host;

import org.jspecify.annotations.NullMarked;
