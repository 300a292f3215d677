package dev.holdfast.advisory.base;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.CorruptBaseException;
import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.base.Layout.Part;
import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Answers from a mapped file in the format of {@link Layout}. Opening looks at header, table and sizes only; whoever got the file from
 * elsewhere {@link BaseVerifier verifies} it first.
 */
public final class CompiledBase implements AdvisoryBase {
    private final Arena arena;
    private final Digest digest;
    private final List<Source> sources;
    final NameTable texts;
    final NameTable ids;
    final PackageTable packages;
    final StatementTable statements;
    final IdentifierTable identifiers;
    final LesserTables lesser;
    final ClaimTable claims;

    private CompiledBase(Arena arena, ByteBuffer file, Section[] sections) {
        this.arena = arena;
        byte[] sum = new byte[Layout.DIGEST_BYTES];
        file.get(file.capacity() - Layout.FOOTER_BYTES, sum);
        this.digest = Digest.ofSha256(sum);
        this.sources = LesserTables.sources(section(sections, Part.SOURCES));
        this.texts = new NameTable(section(sections, Part.STRINGS));
        this.ids = new NameTable(section(sections, Part.IDS));
        this.statements =
                new StatementTable(sources, texts, section(sections, Part.BODIES), section(sections, Part.VERSIONS));
        this.packages = new PackageTable(
                texts,
                section(sections, Part.NAMESPACES),
                section(sections, Part.NAMES),
                section(sections, Part.GROUPS),
                section(sections, Part.GROUP_STARTS),
                section(sections, Part.PACKAGES));
        this.identifiers = new IdentifierTable(
                sources,
                texts,
                ids,
                section(sections, Part.IDENTIFIERS),
                section(sections, Part.IDENTIFIER_STARTS),
                section(sections, Part.CLASSES),
                section(sections, Part.RATINGS));
        this.lesser = new LesserTables(
                sources,
                texts,
                ids,
                section(sections, Part.EXPLOITED),
                section(sections, Part.SCORES),
                section(sections, Part.LIFECYCLES));
        this.claims = new ClaimTable(
                sources,
                texts,
                ids,
                section(sections, Part.CLAIMS),
                section(sections, Part.CLAIM_PAIRS),
                section(sections, Part.CLAIM_LISTS),
                section(sections, Part.CLAIM_KINDS));
    }

    private static Section section(Section[] sections, Part part) {
        return sections[part.number()];
    }

    /**
     * Maps a base.
     *
     * @throws InputException when it is not one, of another version, or cut short
     */
    public static CompiledBase open(Path path) throws InputException, IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            BaseHeader header = BaseHeader.read(path, channel);
            ByteBuffer file =
                    channel.map(MapMode.READ_ONLY, 0, header.fileBytes(), arena).asByteBuffer();
            return new CompiledBase(arena, file, header.sections(file));
        } catch (CorruptBaseException damaged) {
            arena.close();
            throw damaged.input().in(path.toString());
        } catch (InputException | IOException | RuntimeException failed) {
            arena.close();
            throw failed;
        }
    }

    @Override
    public Digest digest() {
        return digest;
    }

    @Override
    public List<Source> sources() {
        return sources;
    }

    @Override
    public boolean speaksOf(String namespace) {
        return packages.namespace(namespace) >= 0;
    }

    @Override
    public boolean tellsUnfixed(String namespace) {
        return packages.tellsUnfixed(namespace);
    }

    @Override
    public List<KnownStatement> about(String namespace, String packageName) {
        return packages.about(namespace, packageName, this);
    }

    @Override
    public List<KnownStatement> under(String advisory) {
        int id = ids.find(advisory);
        return id < 0 ? List.of() : packages.statementsUnder(identifiers.sameAndBulletins(id), this);
    }

    @Override
    public Optional<KnownAdvisory> advisory(String id) {
        int number = ids.find(id);
        return number < 0 ? Optional.empty() : Optional.of(identifiers.advisory(number));
    }

    @Override
    public Optional<Exploited> exploited(String cve) {
        return lesser.exploited(cve);
    }

    @Override
    public Optional<ExploitScore> score(String cve) {
        return lesser.score(cve);
    }

    @Override
    public Optional<Lifecycle> lifecycle(String product, String release) {
        for (Lifecycle lifecycle : lesser.lifecycles(product)) {
            if (lifecycle.release().equals(release)) {
                return Optional.of(lifecycle);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Lifecycle> lifecycles(String product) {
        return lesser.lifecyclesByDate(product);
    }

    @Override
    public boolean hasExonerations(String type, String fullName) {
        return claims.speaksOf(type, fullName);
    }

    @Override
    public List<Exoneration> exonerations(String type, String fullName) {
        return claims.about(type, fullName, "");
    }

    @Override
    public List<Exoneration> exonerations(String type, String fullName, String advisory) {
        return claims.about(type, fullName, advisory);
    }

    @Override
    public void close() {
        arena.close();
    }
}
