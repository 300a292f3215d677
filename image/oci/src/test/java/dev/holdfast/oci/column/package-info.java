@NullMarked
package dev.holdfast.oci.column;

import org.jspecify.annotations.NullMarked;
