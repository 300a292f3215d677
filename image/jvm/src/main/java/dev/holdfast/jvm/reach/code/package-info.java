/**
 * Class files, read as far as it matters for what refers to what: {@link dev.holdfast.jvm.reach.code.ClassFile} for the class, {@link
 * dev.holdfast.jvm.reach.code.CodeReader} for one method, which it walks while it keeps what is {@link dev.holdfast.jvm.reach.code.Known} of
 * the values on the stack.
 */
@NullMarked
package dev.holdfast.jvm.reach.code;

import org.jspecify.annotations.NullMarked;
