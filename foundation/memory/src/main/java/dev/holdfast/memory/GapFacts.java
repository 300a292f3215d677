package dev.holdfast.memory;

import dev.holdfast.core.Gap;
import java.util.List;

/** Gaps: {@code list of: code subject detail}. */
public final class GapFacts {
    private static final Gap.Code[] CODES = Gap.Code.values();

    private GapFacts() {}

    public static void write(List<Gap> gaps, FactWriter facts) {
        facts.list(
                gaps, gap -> facts.oneOf(CODES, gap.code()).text(gap.subject()).text(gap.detail()));
    }

    public static List<Gap> read(FactReader facts) throws DamagedFactsException {
        return facts.list(() -> new Gap(facts.oneOf(CODES), facts.text(), facts.text()));
    }
}
