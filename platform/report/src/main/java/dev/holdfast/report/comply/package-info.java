/** Evidence clause by clause: for people, as JSON, as a page, and as an OSCAL assessment result. */
@NullMarked
package dev.holdfast.report.comply;

import org.jspecify.annotations.NullMarked;
