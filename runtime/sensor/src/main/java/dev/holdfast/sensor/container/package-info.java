/**
 * Who a control group belongs to: {@link dev.holdfast.sensor.container.Containers} answers for an id from the kernel, asking a {@link
 * dev.holdfast.sensor.container.ContainerFinder} that reads what the engines keep in files. No engine is called.
 */
@NullMarked
package dev.holdfast.sensor.container;

import org.jspecify.annotations.NullMarked;
