package dev.holdfast.advisory.base;

import dev.holdfast.advisory.CorruptBaseException;
import dev.holdfast.advisory.NamespaceScheme;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import dev.holdfast.version.Scheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads all of a base and believes nothing: the digest, the order of every table, every reference, both ways between identifiers and
 * packages, and that each version key is what the order of its namespace makes of its text. A base that passes answers without a
 * {@link CorruptBaseException}, and says of no version what its texts do not.
 */
public final class BaseVerifier {
    private static final int BLOCK_BYTES = 1 << 16;

    private final CompiledBase base;

    /** By scheme: the versions (offsets) found right. */
    private final Map<Scheme, BitSet> rightKeys = new HashMap<>();

    /** By scheme: the bodies (offsets) found right. */
    private final Map<Scheme, BitSet> rightBodies = new HashMap<>();

    private BaseVerifier(CompiledBase base) {
        this.base = base;
    }

    /**
     * Verifies a file.
     *
     * @return its digest
     */
    public static Digest verify(Path path) throws InputException, IOException {
        checkDigest(path);
        try (CompiledBase base = CompiledBase.open(path)) {
            new BaseVerifier(base).all();
            return base.digest();
        } catch (CorruptBaseException damaged) {
            throw damaged.input().in(path.toString());
        }
    }

    private static void checkDigest(Path path) throws InputException, IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            BaseHeader header = BaseHeader.read(path, channel);
            MessageDigest sum = Digest.newSha256();
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            long left = header.fileBytes() - Layout.FOOTER_BYTES;
            channel.position(0);
            while (left > 0 && channel.read(block.clear().limit((int) Math.min(left, BLOCK_BYTES))) >= 0) {
                left -= block.flip().remaining();
                sum.update(block);
            }
            ByteBuffer stated = ByteBuffer.allocate(Layout.DIGEST_BYTES);
            while (stated.hasRemaining() && channel.read(stated) >= 0) {
                // until full or at the end
            }
            if (left > 0 || !stated.flip().equals(ByteBuffer.wrap(sum.digest()))) {
                throw new InputException(
                        Code.DIGEST_MISMATCH,
                        path + " does not have the digest at its end, so it is damaged;"
                                + " copy, build or update it again");
            }
        }
    }

    private void all() {
        base.texts.checkOrder();
        base.ids.checkOrder();
        checkGroups();
        base.identifiers.verify();
        base.lesser.replayExploited((source, fact) -> {});
        base.lesser.replayScores((source, fact) -> {});
        base.lesser.replayLifecycles((source, fact) -> {});
        base.claims.replay((source, fact) -> {});
        base.claims.checkNames();
    }

    private void checkGroups() {
        int groups = base.packages.groupCount();
        Ints[] byId = new Ints[base.ids.count()];
        for (int i = 0; i < byId.length; i++) {
            byId[i] = new Ints();
        }
        for (int group = 0; group < groups; group++) {
            int number = group;
            Ints bodies = new Ints();
            String namespace = base.packages.verify(number, byId.length, (id, body) -> {
                byId[id].add(number);
                bodies.add(body);
            });
            checkBodies(bodies, NamespaceScheme.of(namespace));
        }
        for (int id = 0; id < byId.length; id++) {
            if (!Arrays.equals(byId[id].toSortedSet(), base.identifiers.groups(id, groups))) {
                throw new CorruptBaseException(
                        "the packages listed for " + base.ids.get(id) + " are not those that have it");
            }
        }
    }

    private void checkBodies(Ints bodies, Scheme scheme) {
        BitSet right = rightBodies.computeIfAbsent(scheme, unseen -> new BitSet());
        BitSet keys = rightKeys.computeIfAbsent(scheme, unseen -> new BitSet());
        for (int i = 0; i < bodies.size(); i++) {
            int body = bodies.get(i);
            if (!right.get(body)) {
                base.statements.verify(body, scheme, keys);
                right.set(body);
            }
        }
    }
}
