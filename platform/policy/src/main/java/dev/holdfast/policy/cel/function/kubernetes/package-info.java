/** What the API server adds to the language: quantities, addresses, versions, named formats, questions about who may do what. */
@NullMarked
package dev.holdfast.policy.cel.function.kubernetes;

import org.jspecify.annotations.NullMarked;
