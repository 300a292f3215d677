package dev.holdfast.jvm.reach.code;

import java.util.Arrays;

/**
 * What is known of the operand stack and the local variables at one point of a method; a long or double takes two slots. A stack that holds
 * less than is asked of it gives what nothing is known of.
 */
final class Frame {
    /** Slots that are followed; honest code seldom needs more, and hostile code must not make us copy much. */
    static final int FOLLOWED = 128;

    private final Known[] locals;
    private Known[] stack;
    private int depth;

    Frame(int locals, int stack) {
        this(new Known[Math.min(locals, FOLLOWED)], new Known[Math.min(stack, FOLLOWED)], 0);
        Arrays.fill(this.locals, Known.NOTHING);
    }

    private Frame(Known[] locals, Known[] stack, int depth) {
        this.locals = locals;
        this.stack = stack;
        this.depth = depth;
    }

    Frame copy() {
        return new Frame(locals.clone(), stack.clone(), depth);
    }

    void push(Known value) {
        if (depth == FOLLOWED) {
            depth = 0; // the lower part is forgotten
        }
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth + 8);
        }
        stack[depth++] = value;
    }

    void push(int slots) {
        for (int i = 0; i < slots; i++) {
            push(Known.NOTHING);
        }
    }

    Known pop() {
        return depth == 0 ? Known.NOTHING : stack[--depth];
    }

    void pop(int slots) {
        depth = Math.max(0, depth - slots);
    }

    Known local(int slot) {
        return slot < locals.length ? locals[slot] : Known.NOTHING;
    }

    void setLocal(int slot, Known value) {
        if (slot < locals.length) {
            locals[slot] = value;
        }
    }

    /** dup, dup_x1, dup_x2, dup2, dup2_x1, dup2_x2, swap. */
    void shuffle(int op) {
        Known a = pop();
        Known b = op == Opcodes.DUP ? Known.NOTHING : pop();
        switch (op - Opcodes.DUP) {
            case 0 -> pushAll(a, a);
            case 1 -> pushAll(a, b, a);
            case 2 -> {
                Known c = pop();
                pushAll(a, c, b, a);
            }
            case 3 -> pushAll(b, a, b, a);
            case 4 -> {
                Known c = pop();
                pushAll(b, a, c, b, a);
            }
            case 5 -> {
                Known c = pop();
                Known d = pop();
                pushAll(b, a, d, c, b, a);
            }
            default -> pushAll(a, b);
        }
    }

    private void pushAll(Known... values) {
        for (Known value : values) {
            push(value);
        }
    }

    /** Takes in another way that leads here. */
    void merge(Frame other) {
        for (int i = 0; i < locals.length; i++) {
            locals[i] = Known.either(locals[i], other.locals[i]);
        }
        if (depth != other.depth) {
            // One of them has forgotten its lower part: what both still have is at the top.
            depth = 0;
            return;
        }
        for (int i = 0; i < depth; i++) {
            stack[i] = Known.either(stack[i], other.stack[i]);
        }
    }

    /** Keeps only what was assigned once, for code that is come to from anywhere. */
    void forget(int[] assigned) {
        depth = 0;
        for (int i = 0; i < locals.length; i++) {
            if (assigned[i] > 1) {
                locals[i] = Known.NOTHING;
            }
        }
    }
}
