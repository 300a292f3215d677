/**
 * What Java class files prove. Names and descriptors in an archive can be lost, changed or wrong; the code itself stays. The two questions
 * asked of it each have a room: which library and version a set of classes is ({@code identity}), and whether an application's own code can
 * reach a library over its class path ({@code reach}).
 */
@NullMarked
package dev.holdfast.jvm;

import org.jspecify.annotations.NullMarked;
