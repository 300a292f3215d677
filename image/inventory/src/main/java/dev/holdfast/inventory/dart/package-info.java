/**
 * Dart and Flutter: {@link dev.holdfast.inventory.dart.PubCataloger} reads {@code pubspec.lock}.
 */
@NullMarked
package dev.holdfast.inventory.dart;

import org.jspecify.annotations.NullMarked;
