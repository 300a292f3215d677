package dev.holdfast.manifest.template;

/**
 * A whole number of a type other than {@code int}.
 *
 * @param type Go's name of it: {@code int64}, {@code uint8}
 */
public record Sized(long value, String type) {
    public static Sized int64(long value) {
        return new Sized(value, "int64");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
