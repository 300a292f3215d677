/**
 * Where every byte of a target comes from. {@link dev.holdfast.inventory.ledger.Bookkeeper} walks the final tree and puts each file into
 * exactly one account: owned by a distribution's package, part of an identified component, examined and inert, or unexplained.
 */
@NullMarked
package dev.holdfast.inventory.ledger;

import org.jspecify.annotations.NullMarked;
