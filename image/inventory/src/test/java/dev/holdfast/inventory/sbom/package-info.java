@NullMarked
package dev.holdfast.inventory.sbom;

import org.jspecify.annotations.NullMarked;
