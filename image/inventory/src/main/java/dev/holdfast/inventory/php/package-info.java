/**
 * PHP: {@link dev.holdfast.inventory.php.ComposerCataloger} reads what Composer locks and what it installed.
 */
@NullMarked
package dev.holdfast.inventory.php;

import org.jspecify.annotations.NullMarked;
