package dev.holdfast.advisory.feed.general;

import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.TextLines;
import dev.holdfast.core.InputException;
import java.io.IOException;

/**
 * FIRST's daily EPSS scores, {@code epss_scores-YYYY-MM-DD.csv}.
 *
 * <pre>
 * #model_version:v2023.03.01,score_date:2025-02-20T00:00:00+0000     the first files, of 2021, have no such line
 * cve,epss,percentile
 * CVE-1999-0001,0.00383,0.73075                                      both from 0 to 1
 * </pre>
 */
public final class EpssFeed implements Feed {
    private static final String COMMENT = "#model_version:";
    private static final String COLUMNS = "cve,epss,percentile";
    private static final String DATE = "score_date:";

    @Override
    public String name() {
        return "epss";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        if (head.length == 0 || head[0] != '#' && head[0] != 'c') {
            return false;
        }
        String text = FeedText.headText(head);
        return text.startsWith(COMMENT) || text.startsWith(COLUMNS);
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        TextLines lines = new TextLines(file.bytes(), file.limits());
        boolean any = lines.advance();
        if (any && lines.text().startsWith(COMMENT)) {
            int date = lines.text().indexOf(DATE);
            String day = date < 0 ? "" : FeedText.day(lines.text().substring(date + DATE.length()));
            if (!day.isEmpty()) {
                facts.dated(day);
            }
            any = lines.advance();
        }
        if (!any || !lines.text().strip().equals(COLUMNS)) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path() + ": no EPSS scores: expected the columns " + COLUMNS + " at line " + lines.number());
        }
        while (lines.advance()) {
            score(file.path(), lines, facts);
        }
    }

    private static void score(String where, TextLines lines, FactSink facts) {
        String line = lines.text();
        int first = line.indexOf(',');
        int second = line.indexOf(',', first + 1);
        if (first < 0 && line.isBlank()) {
            return;
        }
        String cve = first < 0 ? "" : line.substring(0, first);
        double probability = second < 0 ? -1 : share(line.substring(first + 1, second));
        double percentile = second < 0 ? -1 : share(line.substring(second + 1));
        if (!FeedText.isCve(cve) || probability < 0 || percentile < 0) {
            facts.dropped(where, "line " + lines.number() + " is no CVE with two numbers from 0 to 1");
            return;
        }
        facts.accept(new ExploitScore(cve, probability, percentile));
    }

    /** A number from 0 to 1; negative for anything else. */
    private static double share(String text) {
        if (text.length() > 32) {
            return -1;
        }
        try {
            double value = Double.parseDouble(text);
            return value >= 0 && value <= 1 ? value : -1;
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
