package dev.holdfast.rules.text;

import java.util.Arrays;

/**
 * A regular expression that a whole text matches, or not. It runs as a nondeterministic automaton whose states are all followed at once
 * (K. Thompson, Regular Expression Search Algorithm, 1968), so that no expression is slow on some text: each character costs the size of the
 * automaton at most. Safe for use by several threads.
 */
public final class Regex {
    /** What an honest expression is far below; with it, a text of 4,096 characters costs some 20 million steps at the very most. */
    private static final int MOST_STATES = 5_000;

    private static final int SPLIT = -1;
    private static final int MATCH = -2;
    private static final int BEGIN = -3;
    private static final int END = -4;
    private static final int JUMP = -5;

    /** For each state: the number of its set of characters, or what else it is. */
    private int[] what = new int[16];
    /** For each state that is left without a character: where to; for a split, the second way. */
    private int[] next = new int[16];

    private CharSet[] sets = new CharSet[8];
    private int states;
    private int setCount;

    private Regex() {}

    /** The expression, read. */
    public static Regex of(String expression) throws PatternException {
        Regex regex = new Regex();
        regex.emit(new RegexParser(expression).parse());
        regex.state(MATCH, 0);
        return regex;
    }

    private int state(int kind, int target) throws PatternException {
        if (states == MOST_STATES) {
            throw new PatternException("pattern too large - compile failed");
        }
        if (states == what.length) {
            what = Arrays.copyOf(what, 2 * states);
            next = Arrays.copyOf(next, 2 * states);
        }
        what[states] = kind;
        next[states] = target;
        return states++;
    }

    private void emit(RegexNode node) throws PatternException {
        switch (node) {
            case RegexNode.One one -> {
                if (setCount == sets.length) {
                    sets = Arrays.copyOf(sets, 2 * setCount);
                }
                sets[setCount] = one.set();
                state(setCount++, 0);
            }
            case RegexNode.Chain chain -> {
                for (RegexNode part : chain.parts()) {
                    emit(part);
                }
            }
            case RegexNode.Choice choice -> emitChoice(choice);
            case RegexNode.Repeat repeat -> emitRepeat(repeat);
            case RegexNode.Begin begin -> state(BEGIN, 0);
            case RegexNode.End end -> state(END, 0);
        }
    }

    /** A split goes on to the next state, and to its target. */
    private void emitChoice(RegexNode.Choice choice) throws PatternException {
        int[] ends = new int[choice.parts().size()];
        for (int i = 0; i < ends.length - 1; i++) {
            int split = state(SPLIT, 0);
            emit(choice.parts().get(i));
            ends[i] = state(JUMP, 0);
            next[split] = states;
        }
        emit(choice.parts().getLast());
        for (int i = 0; i < ends.length - 1; i++) {
            next[ends[i]] = states;
        }
    }

    private void emitRepeat(RegexNode.Repeat repeat) throws PatternException {
        for (int i = 0; i < repeat.least(); i++) {
            emit(repeat.part());
        }
        if (repeat.most() < 0) {
            int split = state(SPLIT, 0);
            emit(repeat.part());
            state(JUMP, split);
            next[split] = states;
        }
        int[] splits = new int[Math.max(0, repeat.most() - repeat.least())];
        for (int i = 0; i < splits.length; i++) {
            splits[i] = state(SPLIT, 0);
            emit(repeat.part());
        }
        for (int split : splits) {
            next[split] = states;
        }
    }

    /** Whether the whole text matches. */
    public boolean matches(String text) {
        Run run = new Run(text);
        run.follow(0, 0);
        for (int i = 0; i < text.length() && run.size > 0; i++) {
            run.step(i);
        }
        return run.isMatched();
    }

    /** The states that one text is in. */
    private final class Run {
        private final String text;
        private int[] current = new int[states];
        private int[] following = new int[states];
        /** A state is left once for a place, and then puts two others here at most. */
        private final int[] stack = new int[2 * states + 1];
        /** For each state the place, plus one, at which it was entered last. */
        private final int[] entered = new int[states];

        private int size;

        private Run(String text) {
            this.text = text;
        }

        /** Enters a state, and those that are reached from it without a character. */
        private void follow(int state, int place) {
            int top = 0;
            stack[top++] = state;
            while (top > 0) {
                int one = stack[--top];
                if (entered[one] == place + 1) {
                    continue;
                }
                entered[one] = place + 1;
                switch (what[one]) {
                    case SPLIT -> {
                        top = push(top, next[one], place);
                        top = push(top, one + 1, place);
                    }
                    case JUMP -> top = push(top, next[one], place);
                    case BEGIN -> {
                        if (place == 0 || text.charAt(place - 1) == '\n') {
                            top = push(top, one + 1, place);
                        }
                    }
                    case END -> {
                        if (place == text.length() || text.charAt(place) == '\n') {
                            top = push(top, one + 1, place);
                        }
                    }
                    default -> current[size++] = one;
                }
            }
        }

        private int push(int top, int state, int place) {
            if (entered[state] == place + 1) {
                return top;
            }
            stack[top] = state;
            return top + 1;
        }

        private void step(int place) {
            int[] before = current;
            int count = size;
            current = following;
            following = before;
            size = 0;
            char c = text.charAt(place);
            for (int i = 0; i < count; i++) {
                int one = before[i];
                if (what[one] >= 0 && sets[what[one]].has(c)) {
                    follow(one + 1, place + 1);
                }
            }
        }

        private boolean isMatched() {
            for (int i = 0; i < size; i++) {
                if (what[current[i]] == MATCH) {
                    return true;
                }
            }
            return false;
        }
    }
}
