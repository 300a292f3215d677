/**
 * What namespaces say of themselves: their labels decide about Pod Security and about which policies are asked. Read from files
 * ({@link dev.holdfast.server.namespaces.NamespaceFiles}) or kept up to date by the API server
 * ({@link dev.holdfast.server.namespaces.NamespaceWatch}).
 */
@NullMarked
package dev.holdfast.server.namespaces;

import org.jspecify.annotations.NullMarked;
