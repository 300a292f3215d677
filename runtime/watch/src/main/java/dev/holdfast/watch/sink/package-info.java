/** Where alerts go: a stream, a file that is rotated, syslog, a webhook. Each tells what it could not pass on. */
@NullMarked
package dev.holdfast.watch.sink;

import org.jspecify.annotations.NullMarked;
