/**
 * How an image starts Java: {@link dev.holdfast.scan.java.JavaSettings} finds options that open the runtime to others ({@link
 * dev.holdfast.scan.java.JavaOption} lists them), and runtimes whose publisher has ended support.
 */
@NullMarked
package dev.holdfast.scan.java;

import org.jspecify.annotations.NullMarked;
