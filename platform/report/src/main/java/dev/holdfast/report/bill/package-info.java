/**
 * Bills of materials: {@link dev.holdfast.report.bill.BillContents} is what every form tells, CycloneDX 1.6 and SPDX 2.3 are the forms.
 */
@NullMarked
package dev.holdfast.report.bill;

import org.jspecify.annotations.NullMarked;
