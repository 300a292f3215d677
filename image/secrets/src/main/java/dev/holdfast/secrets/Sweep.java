package dev.holdfast.secrets;

import dev.holdfast.core.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Looks through the bytes of one file, window by window. At every place where the prefilter says that something may begin, it is found out
 * what. One object is used for file after file; owned by one thread.
 */
final class Sweep {
    private static final int LONGEST_USER_INFO = 256;
    private static final int SHORTEST_URL_PASSWORD = 5;

    /** So far from an access key's identifier its secret half is looked for. */
    private static final int PAIR_DISTANCE = 300;

    private static final int AWS_SECRET = 40;
    private static final double AWS_SECRET_ENTROPY = 4.0;

    /** A line this long was written by a program, and names in it mean nothing. */
    private static final int LONGEST_WRITTEN_LINE = 1_500;

    private final Catalogue catalogue;
    private final Prefilter prefilter;
    private final Fingerprint fingerprint;
    private final Findings findings = new Findings();
    private final Assignment assignment = new Assignment();

    private String path = "";
    private Origin origin = Origin.CONFIGURATION;

    private byte[] bytes = new byte[0];
    private int low;
    private int high;
    private long base;
    private int linesBefore;
    private int lastName;

    Sweep(Catalogue catalogue, Fingerprint fingerprint) {
        this.catalogue = catalogue;
        this.prefilter = catalogue.prefilter();
        this.fingerprint = fingerprint;
    }

    /** The next file begins. */
    void begin(String nextPath, Origin nextOrigin) {
        path = nextPath;
        origin = nextOrigin;
        findings.clear();
    }

    Findings findings() {
        return findings;
    }

    Origin origin() {
        return origin;
    }

    /**
     * Looks at a window.
     *
     * @param text holds it
     * @param first where the context before it begins
     * @param start where what is looked at begins
     * @param limit where it ends: what begins at or behind it belongs to the next window
     * @param end where the context behind it ends
     * @param position where {@code first} stands in the file
     * @param lines how many line ends stand before {@code first}
     */
    void window(byte[] text, int first, int start, int limit, int end, long position, int lines) {
        bytes = text;
        low = first;
        high = end;
        base = position - first;
        linesBefore = lines;
        lastName = -1;
        int stop = Math.min(end, limit + Shape.ANCHOR);
        for (int at = prefilter.next(bytes, start, stop); at >= 0; at = prefilter.next(bytes, at + 2, stop)) {
            for (int entry = prefilter.first(bytes, at); entry != 0; entry = prefilter.after(entry)) {
                int anchorAt = at - prefilter.shift(entry);
                if (anchorAt >= start - 1 && anchorAt >= low && anchorAt < limit) {
                    look(prefilter.anchor(entry), anchorAt);
                }
            }
        }
    }

    private void look(int anchor, int at) {
        if (Catalogue.isOfKind(anchor)) {
            shaped(catalogue.shaped(anchor), at);
            return;
        }
        switch (catalogue.look(anchor)) {
            case NAME -> name(at);
            case URL -> url(at);
            case PEM -> pem(at - 4);
            case PEM_IN_BASE64 -> pemInBase64(at);
            case BASIC -> basic(at);
            case OPTION -> option(at);
        }
    }

    // -- values that tell their kind
    // ---------------------------------------------------------------------------------------------------

    private void shaped(Kind kind, int at) {
        int end = kind.shape().match(bytes, at, high);
        if (end < 0) {
            split(kind, at);
            return;
        }
        int start = at;
        if (kind.lead().isPresent()) {
            start = kind.lead().get().matchBefore(bytes, low, at);
        }
        if (start < 0 || !isBoundary(start, end, kind)) {
            return;
        }
        judge(kind, start, end, text(start, end));
    }

    /** A value that is put together from several literals: {@code "abc" + "def"}. */
    private void split(Kind kind, int at) {
        if (kind.lead().isPresent() || origin.sort() == Origin.Sort.BINARY || !Literals.mayBeJoined(bytes, at, high)) {
            return;
        }
        String joined = Literals.joined(bytes, at, high);
        byte[] plain = joined.getBytes(StandardCharsets.ISO_8859_1);
        int end = joined.isEmpty() ? -1 : kind.shape().match(plain, 0, plain.length);
        if (end > 0 && (end == plain.length || !isWord(plain[end])) && isBoundaryBefore(at, at + end)) {
            judge(kind, at, at + 1, joined.substring(0, end));
        }
    }

    private void judge(Kind kind, int start, int end, String value) {
        String published = Samples.where(value);
        if (!published.isEmpty() && origin.isVendored()) {
            return; // the documentation of a package: nobody wonders
        }
        if (!published.isEmpty()) {
            report(Findings.Rank.SHAPED, kind, start, end, value, published);
            return;
        }
        boolean isPublic = origin.isVendored() && (origin.isTest() || origin.sort() == Origin.Sort.DOCUMENT);
        if (isPublic
                || Entropy.of(value) < kind.entropy()
                || Innocence.isPlaceholder(value)
                || !kind.proof().holds(value)) {
            return;
        }
        report(Findings.Rank.SHAPED, kind, start, end, value, "");
        if (kind.id().equals("aws-access-key-id")) {
            pair(start, end);
        }
    }

    /** A secret access key near its identifier needs no name. */
    private void pair(int start, int end) {
        int from = Math.max(low, start - PAIR_DISTANCE);
        int to = Math.min(high, end + PAIR_DISTANCE);
        int run = 0;
        for (int at = from; at <= to; at++) {
            if (at < to && PrivateKeys.isBase64(bytes[at])) {
                run++;
                continue;
            }
            if (run == AWS_SECRET) {
                String value = text(at - run, at);
                if (Entropy.of(value) >= AWS_SECRET_ENTROPY
                        && !Innocence.isPlaceholder(value)
                        && !ValueSense.isWordy(value)) {
                    add(
                            Findings.Rank.SHAPED,
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
        boolean isOpenBehind = end < high && (isWord(bytes[end]) || kind.shape().goesOn(bytes[end]));
        return !isOpenBehind && isBoundaryBefore(start, end);
    }

    /** Nothing that belongs to a longer word stands before; an escape or a length in a binary file may look as if. */
    private boolean isBoundaryBefore(int start, int end) {
        if (start == low || !isWord(bytes[start]) || !isWord(bytes[start - 1])) {
            return true;
        }
        byte before = bytes[start - 1];
        byte second = start - 2 >= low ? bytes[start - 2] : 0;
        boolean isEscape = second == '\\' && (before == 'n' || before == 'r' || before == 't');
        boolean isPercent = start - 3 >= low && bytes[start - 3] == '%';
        boolean isLength = (before & 0xff) == end - start && (second <= ' ' || origin.sort() == Origin.Sort.BINARY);
        return isEscape || isPercent || isLength;
    }

    private static boolean isWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
    }

    // -- values that are told by their names
    // ---------------------------------------------------------------------------------------------

    private void name(int at) {
        boolean takesNames = switch (origin.sort()) {
            case LINES, SETTINGS, SOURCE, CONSTANTS, UNKNOWN -> !(origin.isVendored() && origin.isTest());
            case DOCUMENT -> !origin.isVendored();
            case GENERATED, BINARY -> false;
        };
        int inside = isWord(bytes[at]) ? at : at + 1;
        if (!takesNames || inside < lastName) {
            return;
        }
        boolean isOfLines = origin.sort() == Origin.Sort.LINES || origin.sort() == Origin.Sort.UNKNOWN;
        boolean isRead = assignment.read(bytes, low, high, inside, isOfLines);
        lastName = assignment.nameTo;
        if (isRead) {
            String name = text(assignment.nameFrom, assignment.nameTo);
            NameSense.Promise promise = NameSense.of(name);
            if (promise != NameSense.Promise.NOTHING) {
                value(name, promise, assigned());
            }
        }
    }

    private String assigned() {
        String joined = assignment.isQuoted ? Literals.joined(bytes, assignment.from, high) : "";
        return joined.isEmpty() ? text(assignment.from, assignment.to) : joined;
    }

    private void value(String name, NameSense.Promise promise, String value) {
        if (Innocence.isPlaceholder(value)) {
            String published = Samples.where(value);
            if (!published.isEmpty()) {
                add(
                        Findings.Rank.NAMED,
                        "generic-token",
                        "token, secret or key given a name",
                        Severity.HIGH,
                        assignment.from,
                        assignment.to,
                        value,
                        published,
                        true);
            }
            return;
        }
        String plain = NameSense.plain(name);
        byte[] content = value.getBytes(StandardCharsets.ISO_8859_1);
        for (Kind kind : catalogue.named()) {
            if (isNamed(kind, plain)
                    && kind.shape().fits(content, 0, content.length)
                    && Entropy.of(value) >= kind.entropy()
                    && kind.proof().holds(value)
                    && (!kind.proof().isWeak() || takesWeakKinds())) {
                report(Findings.Rank.NAMED, kind, assignment.from, assignment.to, value, Samples.where(value));
                return;
            }
        }
        generic(promise, value);
    }

    private static boolean isNamed(Kind kind, String plain) {
        for (int i = 0; i < kind.names().size(); i++) {
            if (plain.contains(kind.names().get(i))) {
                return true;
            }
        }
        return false;
    }

    private void generic(NameSense.Promise promise, String value) {
        if (!takesWeakKinds()) {
            return;
        }
        boolean isCode = origin.sort() == Origin.Sort.SOURCE;
        String published = Samples.where(value);
        switch (promise) {
            case NOTHING, KEY -> {}
            case PASSWORD -> {
                boolean isGood = ValueSense.isPassword(value)
                        || Trusted.isCredentialFile(path) && ValueSense.isLoosePassword(value);
                if (isGood && !(isCode && origin.isTest())) {
                    add(
                            Findings.Rank.GENERIC,
                            "password",
                            "password given a name",
                            Severity.HIGH,
                            assignment.from,
                            assignment.to,
                            value,
                            "its name says so and its value is no placeholder",
                            !published.isEmpty());
                }
            }
            case TOKEN -> {
                if (Proof.USER_AND_PASSWORD.holds(value) && value.length() >= 8) {
                    add(
                            Findings.Rank.NAMED,
                            "basic-credentials",
                            "user and password in base64",
                            Severity.HIGH,
                            assignment.from,
                            assignment.to,
                            value,
                            Proof.USER_AND_PASSWORD.clause(),
                            false);
                } else if (ValueSense.isToken(value) && !(isCode && origin.isTest())) {
                    add(
                            Findings.Rank.GENERIC,
                            "generic-token",
                            "token, secret or key given a name",
                            Severity.HIGH,
                            assignment.from,
                            assignment.to,
                            value,
                            published.isEmpty() ? "its name says so and its value looks random" : published,
                            !published.isEmpty());
                }
            }
        }
    }

    /** Whether a name and a value alone mean something here. */
    private boolean takesWeakKinds() {
        boolean isCode = origin.sort() == Origin.Sort.SOURCE;
        return origin.takesWeakKinds() && (!isCode || assignment.isQuoted) && !isGeneratedLine();
    }

    private boolean isGeneratedLine() {
        if (origin.sort() != Origin.Sort.SOURCE && origin.sort() != Origin.Sort.UNKNOWN) {
            return false;
        }
        int first = Math.max(low, assignment.nameFrom - LONGEST_WRITTEN_LINE);
        int from = assignment.nameFrom;
        while (from > first && bytes[from - 1] != '\n') {
            from--;
        }
        int last = Math.min(high, assignment.to + LONGEST_WRITTEN_LINE);
        int to = assignment.to;
        while (to < last && bytes[to] != '\n') {
            to++;
        }
        return to - from > LONGEST_WRITTEN_LINE;
    }

    // -- values that stand in a structure
    // ----------------------------------------------------------------------------------------------

    private void url(int at) {
        int start = at + 4; // behind the last letter of the scheme and "://"
        int end = start;
        int colon = -1;
        while (end < high && end - start < LONGEST_USER_INFO && isOfUserInfo(bytes[end])) {
            colon = bytes[end] == ':' && colon < 0 ? end : colon;
            end++;
        }
        if (colon < 0 || end >= high || bytes[end] != '@' || end - colon <= SHORTEST_URL_PASSWORD) {
            return;
        }
        boolean hasHost = end + 1 < high && (isWord(bytes[end + 1]) || bytes[end + 1] == '[' || bytes[end + 1] == '$');
        boolean isDocumented = origin.isVendored()
                || origin.isTest()
                || origin.sort() == Origin.Sort.DOCUMENT
                || origin.sort() == Origin.Sort.GENERATED;
        String user = text(start, colon);
        String value = text(colon + 1, end);
        boolean isStrong = ValueSense.isPassword(value);
        boolean isGood =
                isStrong || !isDocumented && origin.sort() != Origin.Sort.BINARY && ValueSense.isLoosePassword(value);
        if (hasHost
                && isGood
                && !isDocumented
                && !value.equals(user)
                && !Innocence.isPlaceholder(user)
                && !isExampleHost(end + 1)) {
            add(
                    Findings.Rank.SHAPED,
                    "url-password",
                    "password in a URL",
                    Severity.HIGH,
                    colon + 1,
                    end,
                    value,
                    "it stands between user and host",
                    false);
        }
    }

    private boolean isExampleHost(int at) {
        String host = text(at, Math.min(high, at + 64));
        return host.startsWith("example.") || host.startsWith("www.example.");
    }

    private static boolean isOfUserInfo(byte b) {
        return b > ' ' && b != '@' && b != '/' && b != '"' && b != '\'' && b != '<' && b != '>' && b != '`' && b != '?'
                && b != '#' && b != '\\' && b != '(' && b != ')' && b != ',' && b != 0x7f;
    }

    private void pem(int at) {
        Optional<PrivateKeys.Found> key = PrivateKeys.inText(bytes, at, high);
        if (key.isEmpty() || isPublished()) {
            return;
        }
        boolean isOfServiceAccount = holds(
                "service_account",
                Math.max(low, at - 2_000),
                Math.min(high, key.get().end() + 2_000));
        addKey(
                key.get(),
                at,
                key.get().end(),
                isOfServiceAccount ? "gcp-service-account-key" : key.get().sort().kind);
    }

    /** Whether everybody who has the package has what stands here: in its tests, its documentation, and compiled into its programs. */
    private boolean isPublished() {
        return origin.isVendored()
                && (origin.isInPackage() && path.indexOf('▸') >= 0
                        || origin.isTest()
                        || origin.sort() == Origin.Sort.DOCUMENT
                        || origin.sort() == Origin.Sort.BINARY);
    }

    private void addKey(PrivateKeys.Found key, int from, int to, String kind) {
        String der = new String(key.der(), StandardCharsets.ISO_8859_1);
        String published = Samples.where(der);
        Severity severity = key.sort() == PrivateKeys.Sort.ENCRYPTED ? Severity.MEDIUM : Severity.CRITICAL;
        String title = key.sort() == PrivateKeys.Sort.ENCRYPTED
                ? "private key under a passphrase"
                : kind.startsWith("gcp") ? "key of a Google Cloud service account" : "private key";
        add(
                Findings.Rank.STRUCTURE,
                kind,
                title,
                severity,
                from,
                to,
                der,
                published.isEmpty() ? "its content is that of a private key" : published,
                !published.isEmpty());
    }

    private boolean holds(String wanted, int from, int to) {
        return text(from, to).contains(wanted);
    }

    /** {@code LS0tL} is the base64 of {@code ----}: PEM put into a field of Kubernetes and the like. */
    private void pemInBase64(int at) {
        Optional<byte[]> decoded = Proof.bytes(text(at, end(at)));
        if (decoded.isPresent() && !isPublished()) {
            byte[] inner = decoded.get();
            PrivateKeys.inText(inner, 0, inner.length).ifPresent(key -> addKey(key, at, end(at), key.sort().kind));
        }
    }

    private int end(int at) {
        int end = at;
        while (end < high && PrivateKeys.isBase64(bytes[end])) {
            end++;
        }
        return end;
    }

    /** {@code Authorization: Basic …}. */
    private void basic(int at) {
        int start = at + 6;
        int end = start < high && bytes[start - 1] == ' ' ? end(start) : start;
        if (end - start < 8) {
            return;
        }
        while (end < high && bytes[end] == '=') {
            end++;
        }
        String value = text(start, end);
        if (!origin.isVendored() && origin.sort() != Origin.Sort.DOCUMENT && Proof.USER_AND_PASSWORD.holds(value)) {
            add(
                    Findings.Rank.SHAPED,
                    "basic-credentials",
                    "user and password in base64",
                    Severity.HIGH,
                    start,
                    end,
                    value,
                    Proof.USER_AND_PASSWORD.clause(),
                    false);
        }
    }

    /** {@code curl -u user:password}, {@code sshpass -p password}, {@code docker login … -p password}. */
    private void option(int at) {
        boolean isOfCommands = origin.sort() == Origin.Sort.LINES || origin.sort() == Origin.Sort.UNKNOWN;
        if (!isOfCommands || origin.isVendored()) {
            return;
        }
        int lineAt = at;
        while (lineAt > low && at - lineAt < LONGEST_WRITTEN_LINE && bytes[lineAt - 1] != '\n') {
            lineAt--;
        }
        String command = text(lineAt, at);
        int start = at + 4;
        start += bytes[start] == '"' || bytes[start] == '\'' ? 1 : 0;
        int end = start;
        while (end < high && bytes[end] > ' ' && bytes[end] != '"' && bytes[end] != '\'') {
            end++;
        }
        boolean isUser = bytes[at + 2] == 'u';
        if (isUser) {
            int colon = text(start, end).indexOf(':');
            start = colon < 0 ? end : start + colon + 1;
        }
        boolean isCommand = isUser
                ? command.contains("curl") || command.contains("wget")
                : command.contains("sshpass") || command.contains("login");
        if (isCommand && ValueSense.isLoosePassword(text(start, end))) {
            add(
                    Findings.Rank.SHAPED,
                    "password",
                    "password given to a command",
                    Severity.HIGH,
                    start,
                    end,
                    text(start, end),
                    "it stands where the command takes a password",
                    false);
        }
    }

    // -- results
    // -------------------------------------------------------------------------------------------------------------------------

    private void report(Findings.Rank rank, Kind kind, int from, int to, String value, String published) {
        boolean isSample = !published.isEmpty();
        add(
                rank,
                kind.id(),
                kind.title(),
                kind.severity(),
                from,
                to,
                value,
                isSample ? published : kind.proof().clause(),
                isSample);
    }

    private void add(
            Findings.Rank rank,
            String kind,
            String title,
            Severity severity,
            int from,
            int to,
            String value,
            String proof,
            boolean isSample) {
        Secret secret = new Secret(
                kind, title, severity, path, line(from), value.length(), fingerprint.of(value), proof, isSample);
        findings.add(rank, base + from, base + to, secret);
    }

    /** Adds what was found in the file as a whole. */
    void addWhole(String kind, String title, Severity severity, String value, String proof) {
        String published = Samples.where(value);
        boolean isSample = !published.isEmpty();
        String clause = isSample ? published : proof;
        findings.add(
                Findings.Rank.STRUCTURE,
                0,
                Long.MAX_VALUE,
                new Secret(kind, title, severity, path, 0, value.length(), fingerprint.of(value), clause, isSample));
    }

    /** Adds what stands at a place of the window that was looked at last. */
    void addPart(String kind, String title, int from, int to, String proof) {
        add(Findings.Rank.STRUCTURE, kind, title, Severity.HIGH, from, to, text(from, to), proof, false);
    }

    private int line(int at) {
        if (origin.sort() == Origin.Sort.BINARY || origin.sort() == Origin.Sort.CONSTANTS) {
            return 0;
        }
        return linesBefore + 1 + count(bytes, low, at);
    }

    /** How many line ends there are. */
    static int count(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += bytes[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
