package dev.holdfast.manifest.template;

/**
 * The value that a piece of output depends on.
 *
 * @param key its path, as the one who renders named it: {@code image.tag}
 * @param isCondition whether it only decided that the output is there
 */
public record Origin(String key, boolean isCondition) {
    public Origin(String key) {
        this(key, false);
    }

    Origin asCondition() {
        return isCondition ? this : new Origin(key, true);
    }

    public Origin child(String name) {
        return new Origin(key.isEmpty() ? name : key + "." + name);
    }

    public Origin element(int index) {
        return new Origin(key + "[" + index + "]");
    }
}
