package dev.holdfast.manifest.template;

import java.util.Map;

/** A value with fields of its own that can also be ranged over, as a map of file contents can. */
public interface FileGroup extends Shape {
    /** What a range goes through, in the order of the names. */
    Map<String, Object> contents();
}
