/**
 * {@code serve}: the program as the admission webhook of a cluster. Images that nobody has scanned yet are scanned by this very program in a
 * process of its own ({@link dev.holdfast.cli.server.ChildScan}).
 */
@NullMarked
package dev.holdfast.cli.server;

import org.jspecify.annotations.NullMarked;
