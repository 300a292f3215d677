package dev.holdfast.dist;

/**
 * The training runs of the AOT cache: what a person would do, so that the VM records the classes that this takes. Started by the launcher
 * with {@code holdfast.training} = {@code quick} or {@code scan}.
 */
public final class Training {
    private Training() {}

    public static void main(String[] args) {
        System.out.println(System.getProperty("holdfast.training", "quick"));
    }
}
