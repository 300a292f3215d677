/**
 * Exceptions: a person's decision that a finding does not count, with the reason, the owner and the last day. They stand in the file of
 * exceptions, in comments ({@link dev.holdfast.check.exception.Comments}) and in annotations of Kubernetes objects ({@link
 * dev.holdfast.check.exception.Annotations}); {@link dev.holdfast.check.exception.Exceptions} sets findings aside by them, and tells of those
 * that have expired, meet nothing or say too little. What is set aside is counted and shown, never dropped.
 */
@NullMarked
package dev.holdfast.check.exception;

import org.jspecify.annotations.NullMarked;
