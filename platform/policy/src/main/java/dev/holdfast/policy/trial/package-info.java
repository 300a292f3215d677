/** Tests of policies: {@link dev.holdfast.policy.trial.PolicyTester} asks them about requests whose outcome is written down. */
@NullMarked
package dev.holdfast.policy.trial;

import org.jspecify.annotations.NullMarked;
