package dev.holdfast.reach.judge;

import dev.holdfast.reach.space.AddressSpace;
import dev.holdfast.reach.space.Block;
import java.util.ArrayList;
import java.util.List;

/** Where a connection begins or ends. */
public sealed interface Place {
    /** What reports and the command line call everything outside. */
    String EXTERNAL = "external";

    /** What they call that which serves Ingresses and Routes. */
    String CONTROLLER = "ingress-controller";

    /**
     * A workload.
     *
     * @param title {@code shop/web[Deployment]}
     */
    record At(String title) implements Place {
        @Override
        public String toString() {
            return title;
        }
    }

    /** Addresses outside. */
    record Outside(List<Block> blocks) implements Place {
        public Outside {
            blocks = List.copyOf(AddressSpace.joined(blocks));
        }

        @Override
        public String toString() {
            if (AddressSpace.isAll(blocks)) {
                return EXTERNAL;
            }
            List<String> prefixes = new ArrayList<>();
            blocks.forEach(block -> prefixes.addAll(block.prefixes()));
            return "cidr:" + String.join(",", prefixes);
        }
    }

    /** The controller that serves Ingresses and Routes. */
    record Controller() implements Place {
        @Override
        public String toString() {
            return CONTROLLER;
        }
    }
}
