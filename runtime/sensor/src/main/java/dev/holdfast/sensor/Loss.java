package dev.holdfast.sensor;

import dev.holdfast.core.Gap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Events that happened and were not seen.
 *
 * @param total since the sensor started, because the reader was too slow or the machine too busy
 * @param byContainer the same by container ({@code host} for the machine itself), as far as it is known whose they were
 * @param damaged records that could not be read
 */
public record Loss(long total, Map<String, Long> byContainer, long damaged) {
    public Loss {
        byContainer = Collections.unmodifiableMap(new TreeMap<>(byContainer));
    }

    /** The loss as gaps, one for each container. */
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        long told = 0;
        for (Map.Entry<String, Long> entry : byContainer.entrySet()) {
            gaps.add(gap(entry.getKey(), entry.getValue()));
            told += entry.getValue();
        }
        if (total > told) {
            gaps.add(gap("kernel events", total - told));
        }
        if (damaged > 0) {
            gaps.add(new Gap(Gap.Code.UNREADABLE, "kernel events", damaged + " records could not be read"));
        }
        return List.copyOf(gaps);
    }

    private static Gap gap(String subject, long count) {
        return new Gap(
                Gap.Code.LIMIT,
                subject,
                count + (count == 1 ? " event was" : " events were")
                        + " lost: more happened than could be read; a larger ring or fewer rules help");
    }
}
