@NullMarked
package dev.holdfast.server.admission;

import org.jspecify.annotations.NullMarked;
