/**
 * Swift and Objective-C: {@link dev.holdfast.inventory.swift.SwiftCataloger} reads what the Swift package manager and CocoaPods lock.
 */
@NullMarked
package dev.holdfast.inventory.swift;

import org.jspecify.annotations.NullMarked;
