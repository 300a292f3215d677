@NullMarked
package dev.holdfast.check.cluster;

import org.jspecify.annotations.NullMarked;
