/** Tests of licence policies. */
@NullMarked
package dev.holdfast.scan.licence;

import org.jspecify.annotations.NullMarked;
