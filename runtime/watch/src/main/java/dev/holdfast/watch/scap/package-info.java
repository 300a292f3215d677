/**
 * Captures of system calls in the {@code .scap} format of sysdig and Falco, read as input. {@link dev.holdfast.watch.scap.CaptureReader}
 * splits the file into blocks and events; {@link dev.holdfast.watch.scap.CaptureReplay} follows the processes, descriptors and containers
 * through them and hands out {@link dev.holdfast.watch.host.SyscallEvent}s that rules can be asked about.
 */
@NullMarked
package dev.holdfast.watch.scap;

import org.jspecify.annotations.NullMarked;
