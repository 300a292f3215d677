/** Tests of targets and the merged tree. Images are made by {@link dev.holdfast.oci.testing}, or come from the reference corpus. */
@org.jspecify.annotations.NullMarked
package dev.holdfast.oci;
