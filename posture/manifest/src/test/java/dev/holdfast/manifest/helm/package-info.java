@NullMarked
package dev.holdfast.manifest.helm;

import org.jspecify.annotations.NullMarked;
