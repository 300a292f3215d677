package dev.holdfast.reach.read;

import dev.holdfast.manifest.tree.Node;

/** Something that the server does not take: an object with it does not come to be. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    Refusal(Node node, String why) {
        super(why);
        this.line = node.place().line();
    }

    int line() {
        return line;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
