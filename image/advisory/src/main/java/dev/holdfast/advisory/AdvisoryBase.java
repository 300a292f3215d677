package dev.holdfast.advisory;

import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.core.Digest;
import java.util.List;
import java.util.Optional;

/**
 * The compiled base, opened for reading. Immutable; safe for use by several threads. Any question may throw
 * {@link CorruptBaseException} when the file contradicts itself.
 */
public interface AdvisoryBase extends AutoCloseable {
    /** Digest of the whole file but its footer: the snapshot's identity. */
    Digest digest();

    /** The layers, sorted by name. */
    List<Source> sources();

    /** Whether any statement is about this namespace. */
    boolean speaksOf(String namespace);

    /**
     * Whether some source lists flaws of this namespace that are not fixed. Where none does, its silence about a flaw says nothing.
     */
    boolean tellsUnfixed(String namespace);

    /** Every statement about a package, those that do not cover any particular version included; sorted by advisory. */
    List<KnownStatement> about(String namespace, String packageName);

    /**
     * Every statement under one identifier, any of its aliases, or a bulletin that closes it together with others, in any namespace; by
     * package, namespace and advisory.
     */
    List<KnownStatement> under(String advisory);

    /** What is known of an identifier; empty when no source mentions it. */
    Optional<KnownAdvisory> advisory(String id);

    Optional<Exploited> exploited(String cve);

    Optional<ExploitScore> score(String cve);

    /** The release's lifecycle, exact on product and release. */
    Optional<Lifecycle> lifecycle(String product, String release);

    /** All releases of a product, sorted by release date. */
    List<Lifecycle> lifecycles(String product);

    /** Whether there is any of {@link #exonerations(String, String)}; quick, since for most packages there is none. */
    boolean hasExonerations(String type, String fullName);

    /** VEX statements whose product or subcomponent has this package-URL type and full name ({@code namespace/name}). */
    List<Exoneration> exonerations(String type, String fullName);

    /**
     * Those of {@link #exonerations(String, String)} that speak of exactly this identifier. About the Go standard library alone there are
     * over a hundred thousand statements: whoever knows what to ask for should.
     */
    List<Exoneration> exonerations(String type, String fullName, String advisory);

    @Override
    void close();
}
