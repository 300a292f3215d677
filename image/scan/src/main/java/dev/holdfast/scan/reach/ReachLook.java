package dev.holdfast.scan.reach;

import java.util.List;

/**
 * Which applications' code was followed.
 *
 * @param applications a line each
 * @param copies libraries that lie on a class path twice, and which copy counts; a line each
 */
public record ReachLook(List<String> applications, List<String> copies) {
    public ReachLook {
        applications = List.copyOf(applications);
        copies = List.copyOf(copies);
    }
}
