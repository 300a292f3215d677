@NullMarked
package dev.holdfast.scan.secret;

import org.jspecify.annotations.NullMarked;
