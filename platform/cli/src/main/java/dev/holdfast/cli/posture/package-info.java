/**
 * {@code check}, {@code comply}, {@code policy test} and {@code policy export}, and {@code access …}. {@link
 * dev.holdfast.cli.posture.CheckCommand} is the one to begin with; what policies of the user say stands beside what our checks say by {@link
 * dev.holdfast.cli.posture.PolicyCheck}; the four commands about access share {@link dev.holdfast.cli.posture.AccessWords}.
 */
@NullMarked
package dev.holdfast.cli.posture;

import org.jspecify.annotations.NullMarked;
