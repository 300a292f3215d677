/** What decides: policies of all kinds as one form of rules. */
@NullMarked
package dev.holdfast.reach.policy;

import org.jspecify.annotations.NullMarked;
