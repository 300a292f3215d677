package dev.holdfast.advisory.base;

/**
 * The format of the compiled base, version 1. Integers are little-endian; {@code u8}, {@code u16}, {@code u32}, {@code u64} are unsigned
 * of that many bits; {@code v} is an unsigned LEB128 of at most 31 bits. Text is UTF-8.
 *
 * <pre>
 * file    = header table section* footer
 * header  = "HOLDFAST"  u32 version (1)  u32 sections  u64 bytes of the whole file  u32 check  u32 zero
 * table   = { u32 part  u32 count  u64 offset  u64 length } one for each {@link Part}, in order of part
 * footer  = 32 bytes SHA-256 of all before it  "TSAFDLOH"
 * </pre>
 *
 * {@code check} is the CRC-32C of header and table with {@code check} itself as zero. Sections begin at multiples of 8, in the order of
 * the table, with zeros between them. A reader of version 1 refuses any other version; every part is present, if with length 0.
 *
 * <p>A {@code string} is the number of a text in STRINGS, an {@code id} that of an identifier in IDS; {@code ids} is
 * {@code v count, v first id, v difference to the one before …}, ascending, without repeats. A {@code day} is a u16 counting from
 * 1984-12-31; 0: unknown. A {@code ref} is a byte offset into the section it names.
 *
 * <pre>
 * SOURCES         { v length, text } ×4: name, date, licence, attribution;  v records;  v dropped       sorted by name
 * STRINGS, IDS    u32 offset of each block of 16;  blocks: v length, text;  then 15 × (v bytes shared with the one before, v rest, text)
 *                 sorted by bytes, without repeats
 * VERSIONS        v key length, key, v text length, text                        no key where the order of the namespace allows none
 * NAMESPACES      u32 string, u32 bit 0: some statement tells of a flaw that is not fixed      ascending by string
 * NAMES           v length, text: package names, sorted by bytes
 * GROUPS          v namespace number, v NAMES ref, v statements, { v id − id before, v BODIES ref } …
 *                 groups sorted by package, then namespace; statements by id
 * GROUP_STARTS    u32 offset of each group, and one past the last
 * PACKAGES        u32 bucket bits b;  u32 × (2^b + 1) first entry of each bucket;  { u32 hash, u32 group } sorted by hash
 *                 hash: see {@link #hash}; its upper b bits are the bucket
 * BODIES          u8 bits 0-2 status, 3 ranges, 4 versions, 5 fixed, 6 qualifiers, 7 rating;  v source number;  as the bits say:
 *                 ranges      v count, { u8 bits 0 from inclusive, 1 to inclusive, 2 has from, 3 has to; VERSIONS ref × those it has }
 *                 versions    v count, { VERSIONS ref };   fixed   the same
 *                 qualifiers  string module, string repository, v count, { string } architectures
 *                 rating      string
 * IDENTIFIERS     u8 bits 0 class, 1 links, 2 bulletins, 3 records, 4 groups;  as the bits say:
 *                 class       CLASSES ref
 *                 links       ids it shares a flaw with, without being the same
 *                 bulletins   ids of the bulletins that close it, and of local names for it
 *                 records     v count, { record }
 *                 groups      v count, v first, v difference …: the groups with a statement under it
 * record          v source number;  u8 bits 0-2 kind, 3 withdrawn, 4 published, 5 modified, 6 ratings, 7 weaknesses;
 *                 day published, day modified;  ids aliases;  ids bundled;  v count, { RATINGS ref };  v count, { string }
 * IDENTIFIER_STARTS  u32 offset of each identifier, and one past the last
 * CLASSES         ids
 * RATINGS         string by, string vector, string word
 * EXPLOITED       u32 id, u16 day, u8 bit 0 ransomware, u8 source number        sorted by id
 * SCORES          u32 runs;  run: u32 source number, u32 n, u32 blocks;  { u64 first CVE, u32 offset in the run } × blocks;
 *                 block of 64: { v CVE − CVE before;  5 bytes: probability × 2^17 + percentile, both in units of 0.00001 }
 *                 CVE: year × 2^24 + number;  a block's first difference is 0
 * LIFECYCLES      u32 products;  { u32 string, u32 offset };  product: v count, { string ×5, source number }
 *                 release, codename, released, end of support, end of extended support; the source to be preferred first
 * CLAIMS          VEX: u32 names; { u32 string "type/name", u32 offset of its pairs };  names' pairs: v count, v first, v difference …
 * CLAIM_PAIRS     u32 string product, u32 string subcomponent, u32 CLAIM_LISTS ref
 * CLAIM_LISTS     v count, { v id − id before, CLAIM_KINDS ref }
 * CLAIM_KINDS     v source number, string status, string justification, string author
 * </pre>
 */
final class Layout {
    static final byte[] MAGIC = {'H', 'O', 'L', 'D', 'F', 'A', 'S', 'T'};
    static final byte[] END_MAGIC = {'T', 'S', 'A', 'F', 'D', 'L', 'O', 'H'};
    static final int VERSION = 1;

    static final int HEADER_BYTES = 32;
    static final int CHECK_OFFSET = 24;
    static final int TABLE_ENTRY_BYTES = 24;
    static final int DIGEST_BYTES = 32;
    static final int FOOTER_BYTES = DIGEST_BYTES + 8;
    static final int ALIGNMENT = 8;

    /** Names in a block: decoding one reads half of this on average, and each block costs four bytes and one unshortened name. */
    static final int NAMES_IN_BLOCK = 16;

    /** Scores in a block: 64 cost 12 bytes of index, and finding one passes over 32 others of 6 bytes each. */
    static final int SCORES_IN_BLOCK = 64;

    /** Longer texts are no identifiers, names or purls. Keeps a decoded name within bounds. */
    static final int MAX_TEXT_BYTES = 4_096;

    /** EPSS is published with five decimals. */
    static final int SCORE_UNITS = 100_000;

    static final int SCORE_BITS = 17;

    private Layout() {}

    /** The parts of the file, by their numbers in the table. */
    enum Part {
        SOURCES(0),
        STRINGS(1),
        IDS(2),
        VERSIONS(3),
        NAMESPACES(4),
        GROUPS(5),
        GROUP_STARTS(6),
        PACKAGES(7),
        BODIES(8),
        IDENTIFIERS(9),
        IDENTIFIER_STARTS(10),
        CLASSES(11),
        RATINGS(12),
        EXPLOITED(13),
        SCORES(14),
        LIFECYCLES(15),
        CLAIMS(16),
        CLAIM_PAIRS(17),
        CLAIM_LISTS(18),
        CLAIM_KINDS(19),
        NAMES(20);

        private final int number;

        Part(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** Bytes before the first section. */
    static int frontBytes() {
        return HEADER_BYTES + TABLE_ENTRY_BYTES * PARTS;
    }

    static final int PARTS = Part.values().length;

    /** {@link String#hashCode()} of the package (specified, so stable) and the number of its namespace, mixed as MurmurHash3 ends. */
    static int hash(int namespace, String packageName) {
        int h = packageName.hashCode() + namespace * 0x9e3779b9;
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
