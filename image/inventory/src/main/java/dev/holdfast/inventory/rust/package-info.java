/**
 * Rust: {@link dev.holdfast.inventory.rust.CargoLockCataloger} reads what a project locks,
 * {@link dev.holdfast.inventory.rust.AuditableCataloger} what {@code cargo auditable} wrote into a program.
 */
@NullMarked
package dev.holdfast.inventory.rust;

import org.jspecify.annotations.NullMarked;
