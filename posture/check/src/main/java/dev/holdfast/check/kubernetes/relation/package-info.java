/**
 * What only several Kubernetes objects together tell: a service that selects nothing, a name that leads nowhere, rights that a pod holds
 * through its account. {@link dev.holdfast.check.kubernetes.relation.Given} is the set of objects that are given, and knows of which part of
 * it something may be missed; each {@link dev.holdfast.check.kubernetes.relation.Relation} asks one group of questions. That something is
 * missing is said only where the set is plausibly whole; else it is not assessed. Start with {@code Relations.judge}.
 */
@NullMarked
package dev.holdfast.check.kubernetes.relation;

import org.jspecify.annotations.NullMarked;
