package dev.holdfast.reach.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** All addresses, cut wherever some block begins or ends: those of a piece are all treated alike. */
public final class AddressSpace {
    private AddressSpace() {}

    /** The pieces, in the order of their addresses. */
    public static List<Block> cut(Collection<Block> blocks) {
        List<Block> pieces = new ArrayList<>();
        for (Block family : List.of(Block.ALL_4, Block.ALL_6)) {
            TreeSet<BigInteger> edges = new TreeSet<>(List.of(family.from(), family.behind()));
            blocks.stream().filter(family::holds).forEach(block -> {
                edges.add(block.from());
                edges.add(block.behind());
            });
            BigInteger from = edges.pollFirst();
            for (BigInteger edge : edges) {
                pieces.add(new Block(from, edge));
                from = edge;
            }
        }
        return pieces;
    }

    /** The same addresses in the fewest blocks. */
    public static List<Block> joined(List<Block> pieces) {
        List<Block> joined = new ArrayList<>();
        for (Block piece : new TreeSet<>(pieces)) {
            Block last = joined.isEmpty() ? piece : joined.getLast();
            boolean touches =
                    !joined.isEmpty() && last.behind().equals(piece.from()) && last.isIpv6() == piece.isIpv6();
            if (touches) {
                joined.set(joined.size() - 1, new Block(last.from(), piece.behind()));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }

    /** Whether blocks are all addresses that there are. */
    public static boolean isAll(List<Block> joined) {
        return joined.equals(List.of(Block.ALL_4, Block.ALL_6));
    }
}
