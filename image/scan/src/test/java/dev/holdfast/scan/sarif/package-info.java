/** Tests of what code scanners bring. */
@NullMarked
package dev.holdfast.scan.sarif;

import org.jspecify.annotations.NullMarked;
