package dev.holdfast.policy.cel.evaluate;

/** A step whose value is known. */
record Constant(Object value) implements Step {
    @Override
    public Object run(Frame frame) {
        return value;
    }
}
