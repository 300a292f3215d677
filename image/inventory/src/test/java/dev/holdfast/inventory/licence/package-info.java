/** Tests of declared licences. */
@NullMarked
package dev.holdfast.inventory.licence;

import org.jspecify.annotations.NullMarked;
