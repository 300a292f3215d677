/**
 * Ruby: {@link dev.holdfast.inventory.ruby.GemCataloger} reads Bundler's lock files and the specifications of installed gems.
 */
@NullMarked
package dev.holdfast.inventory.ruby;

import org.jspecify.annotations.NullMarked;
