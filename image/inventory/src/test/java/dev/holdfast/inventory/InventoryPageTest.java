package dev.holdfast.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloger.Reads;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The page about the inventory says what the catalogers say. After a change, run with {@code -Dholdfast.update=true} to have the table
 * written anew.
 */
class InventoryPageTest {
    private static final String HEAD = "| packages | files | depth |\n|---|---|---|\n";

    @Test
    void tableOfThePageIsWhatTheCatalogersSay() throws Exception {
        Path page = Path.of(System.getProperty("holdfast.root", "../.."), "docs", "inventory.md");
        String text = Files.readString(page);
        int start = text.indexOf(HEAD);
        assertThat(start).as("the table's head in " + page).isPositive();
        int end = text.indexOf("\n\n", start);
        if (Boolean.getBoolean("holdfast.update")) {
            text = text.substring(0, start) + table() + text.substring(end);
            Files.writeString(page, text);
            end = text.indexOf("\n\n", start);
        }
        assertThat(text.substring(start, end)).isEqualTo(table());
    }

    @Test
    void everyCatalogerHasItsOwnNameAndTellsWhatItReads() {
        assertThat(Catalogers.all()).extracting(Cataloger::name).doesNotHaveDuplicates();
        assertThat(Catalogers.all()).allMatch(each -> !each.reads().isEmpty());
    }

    private static String table() {
        StringBuilder table = new StringBuilder(HEAD);
        for (Cataloger cataloger : Catalogers.all()) {
            for (Reads reads : cataloger.reads()) {
                table.append("| ")
                        .append(reads.packages())
                        .append(" | ")
                        .append(reads.files())
                        .append(" | ")
                        .append(reads.depth())
                        .append(" |\n");
            }
        }
        return table.substring(0, table.length() - 1);
    }
}
