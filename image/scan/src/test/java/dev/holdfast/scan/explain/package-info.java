@NullMarked
package dev.holdfast.scan.explain;

import org.jspecify.annotations.NullMarked;
