@NullMarked
package dev.holdfast.archive.zip;

import org.jspecify.annotations.NullMarked;
