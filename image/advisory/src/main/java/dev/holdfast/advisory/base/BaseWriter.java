package dev.holdfast.advisory.base;

import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.base.Compilation.Layer;
import dev.holdfast.advisory.base.Layout.Part;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.core.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/** Writes a compilation as a file in the format of {@link Layout}. The bytes depend on the facts alone. */
public final class BaseWriter {
    private final Compilation facts;
    private final UnaryOperator<Source> describe;

    /**
     * @param describe completes a source: given its name, date and counts it adds licence and attribution
     */
    public BaseWriter(Compilation facts, UnaryOperator<Source> describe) {
        this.facts = facts;
        this.describe = describe;
    }

    /**
     * Lays out and writes the file.
     *
     * @return its digest
     */
    public Digest write(WritableByteChannel out) throws IOException {
        Map<Part, Encoded> parts;
        synchronized (facts) {
            parts = encode();
        }
        byte[] front = front(parts);
        MessageDigest digest = Digest.newSha256();
        write(out, digest, front);
        long at = front.length;
        for (Part part : Part.values()) {
            byte[] bytes = part(parts, part).bytes();
            write(out, digest, new byte[(int) (aligned(at) - at)]);
            write(out, digest, bytes);
            at = aligned(at) + bytes.length;
        }
        byte[] sum = digest.digest();
        writeFully(out, ByteBuffer.wrap(sum));
        writeFully(out, ByteBuffer.wrap(Layout.END_MAGIC));
        return Digest.ofSha256(sum);
    }

    private Map<Part, Encoded> encode() {
        for (Layer layer : facts.layers) {
            if (layer.exploited.isPresent()) {
                for (Exploited fact : layer.exploited.get().rows()) {
                    facts.ids.of(fact.id());
                }
            }
        }
        Ranking.Texts texts = Ranking.texts(facts.texts);
        Ranking.Texts ids = Ranking.texts(facts.ids);
        int[] layerRank = Ranking.texts(facts.layerNames).rank();
        StatementParts statements = new StatementParts(facts, texts, ids, layerRank);
        IdentifierParts identifiers = new IdentifierParts(facts, texts, ids, layerRank);
        LesserParts lesser = new LesserParts(facts, texts, ids, layerRank);
        List<Encoded> all = new ArrayList<>(statements.encode());
        all.addAll(identifiers.encode(statements.groupsOfIds()));
        all.addAll(lesser.encode());
        all.add(new Encoded(Part.STRINGS, texts.sorted().size(), NameTable.write(texts.sorted())));
        all.add(new Encoded(Part.IDS, ids.sorted().size(), NameTable.write(ids.sorted())));
        all.add(sources(statements.perLayer(), lesser.perLayer()));
        Map<Part, Encoded> byPart = new EnumMap<>(Part.class);
        for (Encoded part : all) {
            byPart.put(part.part(), part);
        }
        return byPart;
    }

    private Encoded sources(int[] statements, int[] others) {
        int[] records = new int[facts.layers.size()];
        for (Tuple record : facts.records) {
            records[record.get(1)]++;
        }
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < records.length; i++) {
            Layer layer = facts.layers.get(i);
            int count = records[i] + statements[i] + others[i];
            String name = facts.layerNames.get(i);
            Source bare = new Source(name, layer.date(), "", "", count, layer.dropped);
            Source terms = layer.carried.orElseGet(() -> describe.apply(bare));
            sources.add(new Source(name, layer.date(), terms.licence(), terms.attribution(), count, layer.dropped));
        }
        sources.sort(Comparator.comparing(
                source -> source.name().getBytes(StandardCharsets.UTF_8), java.util.Arrays::compareUnsigned));
        Output out = new Output();
        for (Source source : sources) {
            text(out, source.name());
            text(out, source.date());
            text(out, source.licence());
            text(out, source.attribution());
            out.v(source.records()).v(source.dropped());
        }
        return new Encoded(Part.SOURCES, sources.size(), out.toBytes());
    }

    private static void text(Output out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.v(bytes.length).bytes(bytes);
    }

    private static byte[] front(Map<Part, Encoded> parts) {
        Output table = new Output(Layout.frontBytes());
        long at = Layout.frontBytes();
        for (Part part : Part.values()) {
            Encoded encoded = part(parts, part);
            at = aligned(at);
            table.u32(part.number()).u32(encoded.count()).u64(at).u64(encoded.bytes().length);
            at += encoded.bytes().length;
        }
        byte[] unchecked = header(at + Layout.FOOTER_BYTES, 0, table);
        CRC32C check = new CRC32C();
        check.update(unchecked);
        return header(at + Layout.FOOTER_BYTES, (int) check.getValue(), table);
    }

    private static byte[] header(long fileBytes, int check, Output table) {
        return new Output(Layout.frontBytes())
                .bytes(Layout.MAGIC)
                .u32(Layout.VERSION)
                .u32(Layout.PARTS)
                .u64(fileBytes)
                .u32(check)
                .u32(0)
                .bytes(table.toBytes())
                .toBytes();
    }

    private static Encoded part(Map<Part, Encoded> parts, Part part) {
        Encoded encoded = parts.get(part);
        if (encoded == null) {
            throw new IllegalStateException("nobody laid out " + part);
        }
        return encoded;
    }

    private static long aligned(long at) {
        return (at + Layout.ALIGNMENT - 1) / Layout.ALIGNMENT * Layout.ALIGNMENT;
    }

    private static void write(WritableByteChannel out, MessageDigest digest, byte[] bytes) throws IOException {
        digest.update(bytes);
        writeFully(out, ByteBuffer.wrap(bytes));
    }

    private static void writeFully(WritableByteChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
