/** Whose is it? {@link dev.holdfast.scan.routing.OwnersFile} tells who owns which paths, and so who is to deal with what lies there. */
@NullMarked
package dev.holdfast.scan.routing;

import org.jspecify.annotations.NullMarked;
