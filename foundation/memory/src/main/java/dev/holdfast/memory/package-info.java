/**
 * What was learned before, so that it need not be read again. {@link dev.holdfast.memory.Memory} keeps facts in a folder, each under the
 * digest of what it is about: written with a {@link dev.holdfast.memory.FactWriter}, read with a
 * {@link dev.holdfast.memory.FactReader}. It knows nothing of what the facts say. {@link dev.holdfast.memory.FileIdentity} tells whether a
 * file is still the one that was read.
 */
@NullMarked
package dev.holdfast.memory;

import org.jspecify.annotations.NullMarked;
