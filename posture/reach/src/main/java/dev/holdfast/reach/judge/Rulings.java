package dev.holdfast.reach.judge;

import dev.holdfast.reach.space.Connections;
import java.util.ArrayList;
import java.util.List;

/** What is decided at one end. */
interface Rulings {
    void allow(Connections connections, List<Cause> causes);

    void deny(Connections connections, List<Cause> causes);

    /** Remembers only what is allowed: maps ask for millions of pairs. */
    final class Allowed implements Rulings {
        private Connections allowed = Connections.NONE;

        @Override
        public void allow(Connections connections, List<Cause> causes) {
            allowed = allowed.plus(connections);
        }

        @Override
        public void deny(Connections connections, List<Cause> causes) {
            // what is not allowed is denied
        }

        Connections connections() {
            return allowed;
        }
    }

    /** Remembers why. Something may be allowed for several reasons, and is denied only where nothing allows it. */
    final class Explained implements Rulings {
        private final List<Verdict> verdicts = new ArrayList<>();

        @Override
        public void allow(Connections connections, List<Cause> causes) {
            Connections rest = connections;
            List<Verdict> before = List.copyOf(verdicts);
            verdicts.clear();
            for (Verdict verdict : before) {
                Connections both = verdict.isAllowed() ? verdict.connections().and(connections) : Connections.NONE;
                add(verdict.isAllowed(), verdict.connections().minus(both), verdict.causes());
                List<Cause> all = new ArrayList<>(verdict.causes());
                all.addAll(causes);
                add(true, both, all);
                rest = rest.minus(both);
            }
            add(true, rest, causes);
        }

        @Override
        public void deny(Connections connections, List<Cause> causes) {
            add(false, connections, causes);
        }

        private void add(boolean isAllowed, Connections connections, List<Cause> causes) {
            if (!connections.isEmpty()) {
                verdicts.add(new Verdict(isAllowed, connections, causes));
            }
        }

        List<Verdict> verdicts() {
            return List.copyOf(verdicts);
        }
    }
}
