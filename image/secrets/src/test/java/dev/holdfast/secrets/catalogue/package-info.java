@NullMarked
package dev.holdfast.secrets.catalogue;

import org.jspecify.annotations.NullMarked;
