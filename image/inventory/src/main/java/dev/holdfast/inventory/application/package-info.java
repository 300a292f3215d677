/**
 * What is installed beside a distribution: {@link dev.holdfast.inventory.application.HomebrewCataloger},
 * {@link dev.holdfast.inventory.application.SnapCataloger}, {@link dev.holdfast.inventory.application.WordPressCataloger} and
 * {@link dev.holdfast.inventory.application.NixCataloger}.
 */
@NullMarked
package dev.holdfast.inventory.application;

import org.jspecify.annotations.NullMarked;
