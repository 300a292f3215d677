/** Reading containerd's store. */
@NullMarked
package dev.holdfast.oci.containerd;

import org.jspecify.annotations.NullMarked;
