package dev.holdfast.store;

import java.util.List;

/** Keeps one verdict after the other and says each number when it is kept; a process of its own, which a test kills. */
final class StoreWriter {
    private StoreWriter() {}

    public static void main(String[] words) throws Exception {
        try (Store store = Store.open(StoreSettings.in(java.nio.file.Path.of(words[0])))) {
            for (int i = 0; ; i++) {
                Verdict verdict = StoreContract.verdict("image " + i, Verdict.Outcome.PASS, StoreContract.NOW);
                store.verdicts().keep(List.of(verdict), List.of(), StoreContract.NOW);
                System.out.println(i);
            }
        }
    }
}
