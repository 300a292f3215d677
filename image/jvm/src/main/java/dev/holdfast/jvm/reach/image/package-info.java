/** What is asked of an image: its files, as a process inside it sees them, and how it says that it starts. */
@NullMarked
package dev.holdfast.jvm.reach.image;

import org.jspecify.annotations.NullMarked;
