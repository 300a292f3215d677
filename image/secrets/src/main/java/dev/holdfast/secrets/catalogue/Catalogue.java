package dev.holdfast.secrets.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The kinds, ready for use: sorted by how they are told, with the one prefilter that finds where any of them may begin. */
public final class Catalogue {
    /** What is looked at where an anchor stands that belongs to no single kind. */
    public enum Look {
        NAME,
        URL,
        PEM,
        PEM_IN_BASE64,
        BASIC,
        OPTION
    }

    /** Parts of names that hold credentials. The word before or behind makes up the five columns where the part is shorter. */
    private static final String[] NAMES = {
        "passw",
        "passp",
        "passc",
        "secre",
        "token",
        "crede",
        "[a-z_.\"'<\\-]pass",
        "pass[=:\"'_ >][!-~]",
        "pwd[=:\"'_ >][!-~]",
        "[a-z]pw[=: \"][!-~]",
        "apike",
        "_key[=:\"' _\\]>]",
        "[a-z.\\-]key[=:\"'_ >]",
        "auth[=:\"'_ ][!-~]",
        "autht",
        "authk",
        "beare",
        "psk[=: \"][!-~]",
        "webho",
        "signa",
        "maste",
        "senha",
        "contr"
    };

    /** Kinds that are told by what stands around the value, or by parsing it, and so are not in the catalogue's file. */
    public static final Set<String> OTHER_KINDS = Set.of(
            "password",
            "generic-token",
            "url-password",
            "basic-credentials",
            "private-key",
            "encrypted-private-key",
            "ssh-private-key",
            "pgp-private-key",
            "openvpn-static-key",
            "putty-private-key",
            "gcp-service-account-key",
            "keystore",
            "netrc-password",
            "pgpass-password",
            "redis-password",
            "password-hash",
            "maven-master-password");

    /** Anchors below are those of kinds. */
    private static final int FIRST_LOOK = 1 << 16;

    private final List<Kind> shaped = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final List<Kind> named = new ArrayList<>();
    private final Prefilter prefilter = new Prefilter();

    public Catalogue(List<Kind> kinds) {
        for (Kind kind : kinds) {
            if (kind.isNamed()) {
                named.add(kind);
            } else {
                prefilter.add(shaped.size(), kind.shape().columns());
                shaped.add(kind);
            }
        }
        for (String name : NAMES) {
            look(Look.NAME, name);
        }
        look(Look.URL, "[a-z+]://[!-~]");
        look(Look.PEM, "-BEGI");
        look(Look.PEM_IN_BASE64, "LS0tL");
        look(Look.OPTION, " -[up] [!-~]");
        look(Look.BASIC, "[bB]asic");
    }

    private void look(Look look, String anchor) {
        prefilter.add(FIRST_LOOK + looks.size(), Shape.of(anchor).columns());
        looks.add(look);
    }

    public Prefilter prefilter() {
        return prefilter;
    }

    /** Whether the anchor belongs to one shaped kind. */
    public static boolean isOfKind(int anchor) {
        return anchor < FIRST_LOOK;
    }

    public Kind shaped(int anchor) {
        return shaped.get(anchor);
    }

    public Look look(int anchor) {
        return looks.get(anchor - FIRST_LOOK);
    }

    public List<Kind> named() {
        return named;
    }

    /** How many kinds there are. */
    public int size() {
        return shaped.size() + named.size() + OTHER_KINDS.size();
    }
}
