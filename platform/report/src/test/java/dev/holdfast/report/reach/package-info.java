@NullMarked
package dev.holdfast.report.reach;

import org.jspecify.annotations.NullMarked;
