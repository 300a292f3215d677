/** Text that was put together from pieces of a file (joined lines, unquoted words) and still knows where each of its characters stands. */
@NullMarked
package dev.holdfast.manifest.text;

import org.jspecify.annotations.NullMarked;
