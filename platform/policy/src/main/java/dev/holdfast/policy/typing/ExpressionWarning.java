package dev.holdfast.policy.typing;

/**
 * What is wrong with an expression for some of the kinds that its policy matches.
 *
 * @param policy the policy's name
 * @param place file and line of the policy
 * @param field path of the expression within the policy
 * @param warning as the server says it: for each kind its name, and what does not compile; several lines
 */
public record ExpressionWarning(String policy, String place, String field, String warning) {}
