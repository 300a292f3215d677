/**
 * .NET: {@link dev.holdfast.inventory.dotnet.NugetCataloger} reads what projects lock or restore, and what applications are deployed with.
 */
@NullMarked
package dev.holdfast.inventory.dotnet;

import org.jspecify.annotations.NullMarked;
