@NullMarked
package dev.holdfast.jvm.reach;

import org.jspecify.annotations.NullMarked;
