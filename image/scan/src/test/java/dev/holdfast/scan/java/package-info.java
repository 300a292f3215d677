@NullMarked
package dev.holdfast.scan.java;

import org.jspecify.annotations.NullMarked;
