/**
 * From a folder of feeds to a compiled base. {@link dev.holdfast.advisory.build.FeedFolder} walks folders and archives to any depth and
 * hands over every file; {@link dev.holdfast.advisory.build.FeedReading} finds the importer of each and runs it;
 * {@link dev.holdfast.advisory.build.AtomicFile} puts the result in its place whole or not at all.
 */
@NullMarked
package dev.holdfast.advisory.build;

import org.jspecify.annotations.NullMarked;
