/**
 * Results put into forms for people and machines; nothing is decided here, and the same result gives the same bytes.
 *
 * <p>One package a capability, named as its command is: {@code scan}, with {@code explain}, {@code fix}, {@code bill}, {@code vex}, {@code
 * compare} and {@code coverage} beside it; {@code check}, {@code access}, {@code policy}, {@code comply} and {@code gate}; {@code rules}, {@code
 * watch} and {@code respond}. In each, a class is a form and what it is of: {@link dev.holdfast.report.scan.TerminalScan}, {@link
 * dev.holdfast.report.check.JsonCheck}, {@link dev.holdfast.report.watch.EcsAlert}. What several share lies in {@code form} and {@code
 * template}.
 */
@NullMarked
package dev.holdfast.report;

import org.jspecify.annotations.NullMarked;
