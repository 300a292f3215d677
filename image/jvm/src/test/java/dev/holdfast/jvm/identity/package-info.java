@NullMarked
package dev.holdfast.jvm.identity;

import org.jspecify.annotations.NullMarked;
