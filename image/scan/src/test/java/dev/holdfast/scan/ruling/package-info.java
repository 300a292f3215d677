@NullMarked
package dev.holdfast.scan.ruling;

import org.jspecify.annotations.NullMarked;
