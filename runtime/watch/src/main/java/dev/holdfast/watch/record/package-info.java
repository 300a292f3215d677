/**
 * Our own recordings of events: {@link dev.holdfast.watch.record.RecordingWriter} writes down every field that an event has, so that other
 * rules can be tried on it later; {@link dev.holdfast.watch.record.RecordingReader} plays them again. The format is told at the writer.
 */
@NullMarked
package dev.holdfast.watch.record;

import org.jspecify.annotations.NullMarked;
