package dev.holdfast.oci.image;

import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.oci.Platform;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Chooses among platforms. Nothing is chosen silently when what was asked for is absent, because another platform's image has other
 * packages.
 */
public final class Platforms {
    private Platforms() {}

    /** The platform of this machine, for Linux images, which is what containers run nearly everywhere. */
    public static Platform own() {
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String architecture = switch (machine) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> machine;
        };
        return new Platform("linux", architecture, "");
    }

    /**
     * Whether an image's platform is what was asked for. A variant that was not asked for may be any; {@code arm64} and
     * {@code arm64/v8} are one.
     */
    static boolean matches(Platform wanted, Platform offered) {
        return wanted.os().equals(offered.os())
                && wanted.architecture().equals(offered.architecture())
                && (wanted.variant().isEmpty() || variant(wanted).equals(variant(offered)));
    }

    /** Whether this is what a platform named without a variant means. */
    static boolean isDefaultVariant(Platform platform) {
        return variant(platform).isEmpty();
    }

    private static String variant(Platform platform) {
        boolean isDefault = platform.architecture().equals("arm64")
                        && platform.variant().equals("v8")
                || platform.architecture().equals("arm") && platform.variant().equals("v7");
        return isDefault ? "" : platform.variant();
    }

    /** Refuses an image that is not what was asked for. */
    static void require(Optional<Platform> wanted, Optional<Platform> offered) throws InputException {
        if (wanted.isPresent() && (offered.isEmpty() || !matches(wanted.get(), offered.get()))) {
            throw none(wanted.get(), offered.stream().toList());
        }
    }

    static InputException none(Platform wanted, Collection<Platform> offered) {
        return new InputException(
                InputException.Code.NO_SUCH_PLATFORM,
                String.format(Locale.ROOT, "no image for %s; it holds %s", wanted, words(offered)));
    }

    static InputException ambiguous(Collection<Platform> offered) {
        return new InputException(
                InputException.Code.NO_SUCH_PLATFORM,
                String.format(
                        Locale.ROOT,
                        "holds images for %s, and none is plainly meant; choose one with --platform",
                        words(offered)));
    }

    private static String words(Collection<Platform> platforms) {
        TreeSet<String> words = new TreeSet<>();
        for (Platform platform : platforms) {
            words.add(SafeText.of(platform.toString()));
        }
        return words.isEmpty() ? "no named platform" : String.join(", ", words);
    }
}
