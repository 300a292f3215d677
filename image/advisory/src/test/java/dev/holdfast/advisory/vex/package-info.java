@NullMarked
package dev.holdfast.advisory.vex;

import org.jspecify.annotations.NullMarked;
