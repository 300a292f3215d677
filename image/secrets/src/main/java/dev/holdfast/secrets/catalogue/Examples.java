package dev.holdfast.secrets.catalogue;

import dev.holdfast.secrets.sense.Entropy;
import dev.holdfast.secrets.sense.Innocence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes examples of every kind, for tests, benchmarks and whoever wants to see what is found. The values are made up on the spot, so that
 * neither a real credential nor anything that looks like one stands in the sources.
 */
public final class Examples {
    private static final int TRIES = 100;

    private Examples() {}

    /**
     * A text and what must be found in it.
     *
     * @param kind the kind's identifier
     * @param text one or more lines
     * @param isSecret whether it holds one of that kind; else nothing may be found
     */
    public record Example(String kind, String text, boolean isSecret) {}

    /** The examples of the whole catalogue. */
    public static List<Example> all(RandomGenerator random) {
        List<Example> examples = new ArrayList<>();
        for (Kind kind : Kinds.all()) {
            for (String yes : kind.yes()) {
                examples.add(new Example(kind.id(), filled(kind, yes, random), true));
            }
            for (String no : kind.no()) {
                examples.add(new Example(kind.id(), filled(kind, no, random), false));
            }
        }
        return examples;
    }

    private static String filled(Kind kind, String template, RandomGenerator random) {
        String value = value(kind, random);
        return template.replace("{}", value)
                .replace("{short}", value.substring(0, value.length() - 3))
                .replace("{x}", filler(value))
                .replace("{wrong}", wrong(value))
                .replace("\\n", "\n");
    }

    /** The value with all behind its first sign, or its first four letters, replaced by x. */
    private static String filler(String value) {
        int sign = Math.max(value.lastIndexOf('_'), value.lastIndexOf('-'));
        int kept = sign > 0 && sign < value.length() / 2 ? sign + 1 : Math.min(4, value.length() / 4);
        return value.substring(0, kept) + "x".repeat(value.length() - kept);
    }

    private static String wrong(String value) {
        char last = value.charAt(value.length() - 1);
        return value.substring(0, value.length() - 1) + (last == 'Q' ? 'P' : 'Q');
    }

    /** A value of the kind. */
    public static String value(Kind kind, RandomGenerator random) {
        for (int i = 0; i < TRIES; i++) {
            String lead = kind.lead().map(shape -> shape.sample(random)).orElse("");
            String value = proven(kind.proof(), lead + kind.shape().sample(random), random);
            if (Entropy.of(value) >= kind.entropy()
                    && !Innocence.isPlaceholder(value)
                    && kind.proof().holds(value)) {
                return value;
            }
        }
        throw new IllegalStateException("no value of " + kind.id() + " fits its own proof");
    }

    private static String proven(Proof proof, String value, RandomGenerator random) {
        return switch (proof) {
            case NONE, MACAROON, PASSWORD, RANDOM -> value;
            case SIGNATURE_IN_URL -> value.substring(0, value.length() - 3) + "%3D";
            case CRC32_BASE62 -> {
                String random30 = value.substring(value.lastIndexOf('_') + 1, value.length() - 6);
                yield value.substring(0, value.length() - 6) + Proof.crc(random30);
            }
            case JWT ->
                encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                        + encoded("{\"sub\":\"" + random.nextLong() + "\",\"iat\":17"
                                + random.nextInt(10_000_000, 99_999_999) + "}")
                        + value.substring(value.lastIndexOf('.'));
            case BECH32 -> {
                int one = value.lastIndexOf('1');
                String prefix = value.substring(0, one).toLowerCase(java.util.Locale.ROOT);
                String values = value.substring(one + 1, value.length() - 6).toLowerCase(java.util.Locale.ROOT);
                yield (prefix + "1" + values + Proof.bech32(prefix, values)).toUpperCase(java.util.Locale.ROOT);
            }
            case DISCORD ->
                encoded(String.valueOf(random.nextLong(100_000_000_000_000_000L, 999_999_999_999_999_999L)))
                        + value.substring(value.indexOf('.'));
            case USER_AND_PASSWORD ->
                Base64.getEncoder()
                        .encodeToString(("deploy:" + value.substring(0, 12)).getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
