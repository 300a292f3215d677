/**
 * Python distributions. {@link dev.holdfast.inventory.python.PythonCataloger} reads the metadata that an installation leaves:
 * {@code dist-info} of wheels, {@code egg-info} of setuptools and distutils, and eggs, which run from where they lie. A wheel that lies
 * about is not installed.
 */
@NullMarked
package dev.holdfast.inventory.python;

import org.jspecify.annotations.NullMarked;
