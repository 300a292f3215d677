@NullMarked
package dev.holdfast.inventory.dotnet;

import org.jspecify.annotations.NullMarked;
