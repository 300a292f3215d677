@NullMarked
package dev.holdfast.scan.reach;

import org.jspecify.annotations.NullMarked;
