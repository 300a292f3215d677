@NullMarked
package dev.holdfast.scan.judge;

import org.jspecify.annotations.NullMarked;
