package dev.holdfast.inventory;

/** A cataloger of lock files alone. One that came along with a package is left alone. */
public interface LockFileCataloger extends NamedFileCataloger {
    @Override
    default boolean isRecord(String path) {
        return !BroughtAlong.isInside(path);
    }
}
