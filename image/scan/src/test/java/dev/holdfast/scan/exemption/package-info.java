@NullMarked
package dev.holdfast.scan.exemption;

import org.jspecify.annotations.NullMarked;
