package dev.holdfast.inventory.ledger;

import dev.holdfast.oci.TargetDescription;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the bytes of a target's final tree come from. A file counts with all its bytes at each of its names: hard links are counted where
 * they stand.
 *
 * @param target what was examined
 * @param bytes of all regular files
 * @param files how many there are
 * @param accounts one for each standing, together exactly all of it
 * @param unexplained what may run first, then the largest
 */
public record Ledger(
        TargetDescription target, long bytes, long files, List<Account> accounts, List<Unexplained> unexplained) {
    public Ledger {
        accounts = List.copyOf(accounts);
        unexplained = List.copyOf(unexplained);
        long sum = 0;
        long count = 0;
        for (Account account : accounts) {
            sum += account.bytes();
            count += account.files();
        }
        if (sum != bytes || count != files) {
            throw new IllegalArgumentException(
                    "accounts hold " + sum + " bytes in " + count + " files, the tree " + bytes + " in " + files);
        }
    }

    /**
     * The files of one standing.
     *
     * @param natures what they are
     * @param owners how many packages or components they belong to
     */
    public record Account(Standing standing, long bytes, long files, int owners, Map<Nature, Sum> natures) {
        public Account {
            Map<Nature, Sum> sorted = new EnumMap<>(Nature.class);
            sorted.putAll(natures);
            natures = java.util.Collections.unmodifiableMap(sorted);
        }
    }

    /** Of one nature. */
    public record Sum(long bytes, long files) {}

    /** A file of which nobody says where it comes from. */
    public record Unexplained(String path, long bytes, Nature nature, boolean isExecutable) {
        static final Comparator<Unexplained> ORDER = Comparator.comparing((Unexplained file) -> !file.matters())
                .thenComparing(Comparator.comparingLong(Unexplained::bytes).reversed())
                .thenComparing(Unexplained::path);

        /** Whether it runs, or may hold what runs. */
        public boolean matters() {
            return nature != Nature.UNKNOWN && nature.mayRun() || isExecutable;
        }
    }

    public Account account(Standing standing) {
        for (Account account : accounts) {
            if (account.standing() == standing) {
                return account;
            }
        }
        return new Account(standing, 0, 0, 0, Map.of());
    }
}
