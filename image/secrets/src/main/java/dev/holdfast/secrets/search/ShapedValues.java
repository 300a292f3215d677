package dev.holdfast.secrets.search;

import dev.holdfast.core.Severity;
import dev.holdfast.secrets.catalogue.Kind;
import dev.holdfast.secrets.key.PrivateKeys;
import dev.holdfast.secrets.place.Sort;
import dev.holdfast.secrets.sense.Entropy;
import dev.holdfast.secrets.sense.Innocence;
import dev.holdfast.secrets.sense.Samples;
import dev.holdfast.secrets.sense.ValueSense;
import java.nio.charset.StandardCharsets;

/** Values that tell their kind by their form: a key of a provider has a prefix, a length, an alphabet, often a checksum. */
final class ShapedValues {
    /** So far from an access key's identifier its secret half is looked for. */
    private static final int PAIR_DISTANCE = 300;

    private static final int AWS_SECRET = 40;
    private static final double AWS_SECRET_ENTROPY = 4.0;

    private final Window window;

    ShapedValues(Window window) {
        this.window = window;
    }

    /** Looks whether a value of this kind stands here. */
    void look(Kind kind, int at) {
        int end = kind.shape().match(window.bytes, at, window.high);
        if (end < 0) {
            split(kind, at);
            return;
        }
        int start = at;
        if (kind.lead().isPresent()) {
            start = kind.lead().get().matchBefore(window.bytes, window.low, at);
        }
        if (start < 0 || !isBoundary(start, end, kind)) {
            return;
        }
        judge(kind, start, end, window.text(start, end));
    }

    /** A value that is put together from several literals: {@code "abc" + "def"}. */
    private void split(Kind kind, int at) {
        if (kind.lead().isPresent()
                || window.origin.sort() == Sort.BINARY
                || !Literals.mayBeJoined(window.bytes, at, window.high)) {
            return;
        }
        String joined = Literals.joined(window.bytes, at, window.high);
        byte[] plain = joined.getBytes(StandardCharsets.ISO_8859_1);
        int end = joined.isEmpty() ? -1 : kind.shape().match(plain, 0, plain.length);
        if (end > 0 && (end == plain.length || !Window.isWord(plain[end])) && isBoundaryBefore(at, at + end)) {
            judge(kind, at, at + 1, joined.substring(0, end));
        }
    }

    private void judge(Kind kind, int start, int end, String value) {
        String published = Samples.where(value);
        if (!published.isEmpty() && window.origin.isVendored()) {
            return; // the documentation of a package: nobody wonders
        }
        if (!published.isEmpty()) {
            window.add(Found.Rank.SHAPED, kind, start, end, value, published);
            return;
        }
        boolean isPublic =
                window.origin.isVendored() && (window.origin.isTest() || window.origin.sort() == Sort.DOCUMENT);
        if (isPublic
                || Entropy.of(value) < kind.entropy()
                || Innocence.isPlaceholder(value)
                || !kind.proof().holds(value)) {
            return;
        }
        window.add(Found.Rank.SHAPED, kind, start, end, value, "");
        if (kind.id().equals("aws-access-key-id")) {
            pair(start, end);
        }
    }

    /** A secret access key near its identifier needs no name. */
    private void pair(int start, int end) {
        int from = Math.max(window.low, start - PAIR_DISTANCE);
        int to = Math.min(window.high, end + PAIR_DISTANCE);
        int run = 0;
        for (int at = from; at <= to; at++) {
            if (at < to && PrivateKeys.isBase64(window.bytes[at])) {
                run++;
                continue;
            }
            if (run == AWS_SECRET) {
                String value = window.text(at - run, at);
                if (Entropy.of(value) >= AWS_SECRET_ENTROPY
                        && !Innocence.isPlaceholder(value)
                        && !ValueSense.isWordy(value)) {
                    window.add(
                            Found.Rank.SHAPED,
                            "aws-secret-access-key",
                            "AWS secret access key",
                            Severity.CRITICAL,
                            at - run,
                            at,
                            value,
                            "it stands beside its access key id",
                            false);
                }
            }
            run = 0;
        }
    }

    private boolean isBoundary(int start, int end, Kind kind) {
        boolean isOpenBehind = end < window.high
                && (Window.isWord(window.bytes[end]) || kind.shape().goesOn(window.bytes[end]));
        return !isOpenBehind && isBoundaryBefore(start, end);
    }

    /** Nothing that belongs to a longer word stands before; an escape or a length in a binary file may look as if. */
    private boolean isBoundaryBefore(int start, int end) {
        if (start == window.low || !Window.isWord(window.bytes[start]) || !Window.isWord(window.bytes[start - 1])) {
            return true;
        }
        byte before = window.bytes[start - 1];
        byte second = start - 2 >= window.low ? window.bytes[start - 2] : 0;
        boolean isEscape = second == '\\' && (before == 'n' || before == 'r' || before == 't');
        boolean isPercent = start - 3 >= window.low && window.bytes[start - 3] == '%';
        boolean isLength = (before & 0xff) == end - start && (second <= ' ' || window.origin.sort() == Sort.BINARY);
        return isEscape || isPercent || isLength;
    }
}
