@NullMarked
package dev.holdfast.inventory.swift;

import org.jspecify.annotations.NullMarked;
