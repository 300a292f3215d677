@NullMarked
package dev.holdfast.scan.question;

import org.jspecify.annotations.NullMarked;
