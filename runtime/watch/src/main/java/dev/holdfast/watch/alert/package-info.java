/**
 * What is said when an event meets a rule: the {@link dev.holdfast.watch.alert.Alert}, and the
 * {@link dev.holdfast.watch.alert.Throttle} that groups what is said again and again, and says what it held back.
 */
@NullMarked
package dev.holdfast.watch.alert;

import org.jspecify.annotations.NullMarked;
