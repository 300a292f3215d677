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

/** An image that was verified before in files that did not change since. It is opened when more than its description is asked for. */
record RememberedImage(TargetDescription description, int place, Unopened unopened) implements Target {
    @Override
    public ImageConfiguration configuration() throws InputException, IOException {
        return unopened.open(place).configuration();
    }

    @Override
    public List<Layer> layers() throws InputException, IOException {
        return unopened.open(place).layers();
    }

    @Override
    public FileTree read(Interest interest, Gaps gaps) throws InputException, IOException {
        return unopened.open(place).read(interest, gaps);
    }

    @Override
    public FileTree read(Interest interest, Watch watch, Gaps gaps) throws InputException, IOException {
        return unopened.open(place).read(interest, watch, gaps);
    }

    @Override
    public boolean isProven() {
        return true;
    }

    @Override
    public boolean remember() throws InputException, IOException {
        return !unopened.isOpen() || unopened.open(place).remember();
    }

    @Override
    public void close() throws IOException {
        unopened.close();
    }
}
