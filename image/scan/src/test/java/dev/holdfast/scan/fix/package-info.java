@NullMarked
package dev.holdfast.scan.fix;

import org.jspecify.annotations.NullMarked;
