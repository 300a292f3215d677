/**
 * Who can talk to whom. {@link dev.holdfast.kube.given.GivenObjects} hands manifests to a {@link dev.holdfast.reach.read.NetworkReader}; of what
 * it read the {@link dev.holdfast.reach.Cartographer} draws a map, tells what a change opens and closes, and why two may talk, by policy, rule,
 * file and line.
 */
@NullMarked
package dev.holdfast.reach;

import org.jspecify.annotations.NullMarked;
