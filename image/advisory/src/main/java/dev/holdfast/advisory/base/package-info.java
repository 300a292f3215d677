/**
 * The compiled base: one immutable file, mapped into memory.
 *
 * <p>{@link dev.holdfast.advisory.base.Compilation} takes facts in any order, from several threads, and
 * {@link dev.holdfast.advisory.base.BaseWriter} lays them out; the same facts give the same bytes.
 * {@link dev.holdfast.advisory.base.CompiledBase} opens such a file and answers questions straight from it. The format is specified at
 * {@link dev.holdfast.advisory.base.Layout}. Foreign memory is touched in {@link dev.holdfast.advisory.base.Section} and
 * {@link dev.holdfast.advisory.base.CompiledBase} only.
 */
@NullMarked
package dev.holdfast.advisory.base;

import org.jspecify.annotations.NullMarked;
