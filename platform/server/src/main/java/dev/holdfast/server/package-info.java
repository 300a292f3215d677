/**
 * What answers over the network. In: a file of settings and a certificate. Out: decisions about what a cluster is asked to admit, health and
 * metrics. Start at {@link dev.holdfast.server.AdmissionServer}; how a decision comes about is in
 * {@link dev.holdfast.server.admission}.
 */
@NullMarked
package dev.holdfast.server;

import org.jspecify.annotations.NullMarked;
