/** Reading XML from outside: {@link dev.holdfast.core.xml.Xml} walks a document forward and refuses what could harm. */
@NullMarked
package dev.holdfast.core.xml;

import org.jspecify.annotations.NullMarked;
