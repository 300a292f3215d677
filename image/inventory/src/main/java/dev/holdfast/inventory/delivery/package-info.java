/**
 * What delivers software: {@link dev.holdfast.inventory.delivery.ActionsCataloger} reads the actions that GitHub workflows use,
 * {@link dev.holdfast.inventory.delivery.TerraformCataloger} the providers that Terraform locks.
 */
@NullMarked
package dev.holdfast.inventory.delivery;

import org.jspecify.annotations.NullMarked;
