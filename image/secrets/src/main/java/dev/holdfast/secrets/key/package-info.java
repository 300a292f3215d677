/** Private keys and keystores, told by parsing them as far as it takes to see that they hold a key, and whether it is sealed. */
@NullMarked
package dev.holdfast.secrets.key;

import org.jspecify.annotations.NullMarked;
