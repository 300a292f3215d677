/**
 * What the server knows of images, and how it comes to know it. {@link dev.holdfast.server.images.Recollection} keeps in memory what the
 * store holds, writes down what was decided and which scans are wanted, and has them made ({@link dev.holdfast.server.images.ImageScan}),
 * all on threads of its own: nobody who asks for an admission waits for any of it. {@link dev.holdfast.server.images.ReportReader} takes
 * what scans elsewhere reported.
 */
@NullMarked
package dev.holdfast.server.images;

import org.jspecify.annotations.NullMarked;
