/** Tests of the search for credentials; every value in them is made when they run. */
@NullMarked
package dev.holdfast.secrets;

import org.jspecify.annotations.NullMarked;
