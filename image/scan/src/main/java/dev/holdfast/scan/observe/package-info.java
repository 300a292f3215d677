/**
 * What a target is seen to be, before anything is judged: {@link dev.holdfast.scan.observe.Observer} reads it once, or recalls from {@link
 * dev.holdfast.scan.observe.ImageMemory} what was seen of the same bytes. The {@link dev.holdfast.scan.observe.Observation} holds the {@link
 * dev.holdfast.scan.observe.Subject} that all later steps are about.
 */
@NullMarked
package dev.holdfast.scan.observe;

import org.jspecify.annotations.NullMarked;
