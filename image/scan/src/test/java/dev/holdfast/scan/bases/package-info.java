@NullMarked
package dev.holdfast.scan.bases;

import org.jspecify.annotations.NullMarked;
