/**
 * What people decided not to count, and why. An {@link dev.holdfast.scan.exemption.Exemption} sets findings aside within a scope, with a
 * reason, an owner and an end; {@link dev.holdfast.scan.exemption.IgnoreFile} reads them from a file. Together with VEX documents they are
 * the {@link dev.holdfast.scan.exemption.Exemptions} of a scan. Nothing here knows where they came from or who asks.
 */
@NullMarked
package dev.holdfast.scan.exemption;

import org.jspecify.annotations.NullMarked;
