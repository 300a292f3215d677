package dev.holdfast.secrets.sense;

/** How much a text varies. */
public final class Entropy {
    private Entropy() {}

    /** Shannon's entropy in bits a character. */
    public static double of(String text) {
        int[] counts = new int[128];
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < counts.length) {
                counts[c]++;
            } else {
                others++;
            }
        }
        double sum = term(others, text.length());
        for (int count : counts) {
            sum += term(count, text.length());
        }
        return sum;
    }

    private static double term(int count, int length) {
        if (count == 0) {
            return 0;
        }
        double share = (double) count / length;
        return -share * Math.log(share) / Math.log(2);
    }
}
