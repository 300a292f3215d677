/**
 * Hardening checks of a host, over its root folder: the Docker daemon and its files, the nodes and the control plane of Kubernetes. Only
 * files are read, so a copy of a root file system is as good as the running one; what only the running system knows is not assessed, and says
 * so. Start at {@link dev.holdfast.check.host.HostInspection}.
 */
@NullMarked
package dev.holdfast.check.host;

import org.jspecify.annotations.NullMarked;
