package dev.holdfast.manifest.dockerfile;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The instructions of a Dockerfile, with the flags that BuildKit knows for each. */
public enum Keyword {
    ADD("chown", "chmod", "link", "keep-git-dir", "checksum", "unpack", "exclude"),
    ARG,
    CMD,
    COPY("chown", "from", "chmod", "link", "exclude", "parents"),
    ENTRYPOINT,
    ENV,
    EXPOSE,
    FROM("platform"),
    HEALTHCHECK("interval", "timeout", "start-period", "start-interval", "retries"),
    LABEL,
    MAINTAINER,
    ONBUILD,
    RUN("mount", "network", "security", "device"),
    SHELL,
    STOPSIGNAL,
    USER,
    VOLUME,
    WORKDIR;

    /** Flags that may be given without a value. */
    private static final Set<String> BOOLEAN = Set.of("link", "keep-git-dir", "unpack", "parents");

    /** Flags that may be given several times. */
    private static final Set<String> REPEATED = Set.of("mount", "exclude", "device");

    private final Set<String> flags;

    Keyword(String... flags) {
        this.flags = Set.of(flags);
    }

    /** The instruction of this name in whatever case. */
    static Optional<Keyword> of(String word) {
        try {
            return Optional.of(valueOf(word.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    boolean knowsFlag(String name) {
        return flags.contains(name);
    }

    static boolean isBoolean(String flag) {
        return BOOLEAN.contains(flag);
    }

    static boolean isRepeated(String flag) {
        return REPEATED.contains(flag);
    }

    /** Whether a here-document may follow. */
    boolean mayHoldHeredoc() {
        return this == ADD || this == COPY || this == RUN;
    }
}
