package dev.holdfast.oci.image;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.ImageConfiguration;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.Watch;
import java.io.IOException;
import java.util.List;

/**
 * A target of which it is told when it was verified whole.
 *
 * @param whenVerified called when it is remembered and its bytes are what they should be
 */
record RecordedTarget(Target target, Runnable whenVerified) implements Target {
    @Override
    public TargetDescription description() {
        return target.description();
    }

    @Override
    public ImageConfiguration configuration() throws InputException, IOException {
        return target.configuration();
    }

    @Override
    public List<Layer> layers() throws InputException, IOException {
        return target.layers();
    }

    @Override
    public FileTree read(Interest interest, Gaps gaps) throws InputException, IOException {
        return target.read(interest, gaps);
    }

    @Override
    public FileTree read(Interest interest, Watch watch, Gaps gaps) throws InputException, IOException {
        return target.read(interest, watch, gaps);
    }

    @Override
    public boolean isProven() throws InputException, IOException {
        return target.isProven();
    }

    @Override
    public boolean remember() throws InputException, IOException {
        boolean isVerified = target.remember();
        if (isVerified) {
            whenVerified.run();
        }
        return isVerified;
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
