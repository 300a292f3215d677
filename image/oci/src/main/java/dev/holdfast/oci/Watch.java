package dev.holdfast.oci;

import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import java.util.Optional;

/**
 * Sees the content of every regular file of every layer, dead or alive, in the one pass that also hashes and merges it. Nothing is read
 * twice for it, and what a sparse file does not store is left out.
 */
@FunctionalInterface
public interface Watch {
    /** Sees nothing. */
    Watch NONE = new Watch() {
        @Override
        public LayerWatch over(int layer) {
            return LayerWatch.BLIND;
        }

        @Override
        public boolean sees() {
            return false;
        }
    };

    /**
     * The watch over one layer, called by the thread that reads it; layers are read side by side.
     *
     * @param layer index from the bottom
     */
    LayerWatch over(int layer);

    /** Whether it looks at any layer. */
    default boolean sees() {
        return true;
    }

    /**
     * What it notes and under which terms, so that its notes of a layer stand for seeing the layer; empty when they do not. Notes of
     * another edition are not handed back.
     */
    default Optional<String> edition() {
        return Optional.empty();
    }

    /** Takes back the notes that it wrote about a layer, which is not read this time. */
    default void recall(int layer, FactReader notes) throws DamagedFactsException {
        throw new UnsupportedOperationException("takes no notes");
    }

    /** Sees the files of one layer, one after another. Owned by the thread that reads the layer. */
    interface LayerWatch {
        /** Looks away. */
        LayerWatch BLIND = new LayerWatch() {
            @Override
            public boolean sees() {
                return false;
            }

            @Override
            public void begin(String path, FileHeader header) {}

            @Override
            public void content(byte[] bytes, int offset, int length) {}

            @Override
            public void end() {}
        };

        /** Whether it looks at all: where files are opened only for it, none is for one that does not. */
        default boolean sees() {
            return true;
        }

        /**
         * A file begins. One that could not be read to its end may be followed by the next without {@link #end}.
         *
         * @param path absolute, without links resolved
         */
        void begin(String path, FileHeader header);

        /** Some of its bytes; valid only during this call. Not called at all for an empty file. */
        void content(byte[] bytes, int offset, int length);

        /** The file is complete. */
        void end();

        /** Writes down what it noticed in the layer, when all of it was seen. */
        default void write(FactWriter notes) {}
    }
}
