/**
 * Feeds of distributions with RPM packages that have a form of their own, and what all feeds of such distributions share: names of
 * releases ({@link dev.holdfast.advisory.feed.rpm.Products}), versions ({@link dev.holdfast.advisory.feed.rpm.Nevra}) and the joining of
 * what is said once an architecture ({@link dev.holdfast.advisory.feed.rpm.PackageClaims}).
 */
@NullMarked
package dev.holdfast.advisory.feed.rpm;

import org.jspecify.annotations.NullMarked;
