/** What the registry client does before it asks. */
@NullMarked
package dev.holdfast.oci.registry;

import org.jspecify.annotations.NullMarked;
