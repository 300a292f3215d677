package dev.holdfast.cli.given;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.Target;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a given target leads to, open: usually one image; an archive may hold several. They are closed together. */
public final class OpenTargets implements AutoCloseable {
    private final String given;
    private final List<Target> targets;

    OpenTargets(String given, List<Target> targets) {
        this.given = given;
        this.targets = List.copyOf(targets);
    }

    public List<Target> all() {
        return targets;
    }

    /**
     * The one image that there is.
     *
     * @param because why several will not do, as the message goes on; may be empty
     */
    public Target only(String because) throws InputException {
        if (targets.size() > 1) {
            throw new InputException(
                    InputException.Code.USAGE,
                    given + ": it holds " + targets.size() + " images" + because + "; save them one by one");
        }
        return targets.getFirst();
    }

    /** Closes every one, also when that fails for some. */
    @Override
    public void close() throws IOException {
        @Nullable IOException first = null;
        for (Target target : targets) {
            try {
                target.close();
            } catch (IOException failed) {
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
