package dev.holdfast.core;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;

/** Collects the gaps of one target. Safe for use by several threads; the result is sorted and without repeats. */
public final class Gaps {
    private final ConcurrentSkipListSet<Gap> seen = new ConcurrentSkipListSet<>();

    public void add(Gap.Code code, String subject, String detail) {
        seen.add(new Gap(code, subject, detail));
    }

    public List<Gap> list() {
        return List.copyOf(seen);
    }
}
