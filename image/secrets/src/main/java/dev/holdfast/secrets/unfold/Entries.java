package dev.holdfast.secrets.unfold;

/** Takes the files that lie in an archive, one after the other, while it passes by. */
public interface Entries {
    void begin(String name);

    void content(byte[] bytes, int offset, int length);

    /** Whether nothing that follows in this entry matters: it need not be unfolded where its end is known without. */
    boolean hasEnough();

    void end();
}
