/** containerd's own store on disk: the names of its images in a bbolt database, and its blobs. Read without asking containerd. */
@NullMarked
package dev.holdfast.oci.containerd;

import org.jspecify.annotations.NullMarked;
