package dev.holdfast.secrets.sense;

import java.util.Locale;
import java.util.Set;

/** Understands names such as {@code SPRING_DATASOURCE_PASSWORD} or {@code stripeApiKey}: whether what they hold is a credential. */
public final class NameSense {
    /** What a name promises. */
    public enum Promise {
        NOTHING,
        /** Some key: only together with a vendor's name does that mean anything. */
        KEY,
        /** People choose these: short and made of words. */
        PASSWORD,
        /** Machines make these. */
        TOKEN
    }

    private static final Set<String> PASSWORDS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "passwort",
            "pwd",
            "pass",
            "passw",
            "pw",
            "psk",
            "passcode",
            "motdepasse",
            "contrasena",
            "senha");
    private static final Set<String> TOKENS = Set.of(
            "secret",
            "token",
            "apikey",
            "secretkey",
            "accesskey",
            "privatekey",
            "authkey",
            "credential",
            "credentials",
            "apitoken",
            "authtoken",
            "accesstoken",
            "apisecret",
            "clientsecret",
            "bearer",
            "jwt",
            "signature",
            "webhook",
            "authtok",
            "sas",
            "pat",
            "auth");

    /** Endings of words written together; short ones would end ordinary words. */
    private static final String[] PASSWORD_ENDINGS = {
        "password",
        "passwd",
        "passphrase",
        "dbpass",
        "dbpwd",
        "userpass",
        "rootpass",
        "adminpass",
        "keystorepass",
        "truststorepass",
        "storepass",
        "keypass",
        "requirepass",
        "bindpw",
        "rootpw",
        "mypwd",
        "authpass",
        "smtppass",
        "mailpass",
        "ftppass",
        "sshpass",
        "masterauth",
        "olcrootpw"
    };

    private static final String[] TOKEN_ENDINGS = {
        "secret",
        "token",
        "apikey",
        "secretkey",
        "accesskey",
        "privatekey",
        "authkey",
        "masterkey",
        "accountkey",
        "signingkey",
        "encryptionkey",
        "sharedkey",
        "licensekey",
        "licencekey",
        "apptoken",
        "appkey",
        "appsecret",
        "secretaccesskey",
        "sharedaccesskey",
        "storagekey",
        "servicekey",
        "subscriptionkey",
        "functionkey"
    };

    /** What makes a key one that opens something. */
    private static final Set<String> OF_KEYS = Set.of(
            "api",
            "access",
            "secret",
            "private",
            "auth",
            "encryption",
            "encrypt",
            "encryptor",
            "signing",
            "sign",
            "master",
            "account",
            "storage",
            "subscription",
            "client",
            "service",
            "license",
            "licence",
            "app",
            "application",
            "consumer",
            "shared",
            "session",
            "jwt",
            "hmac",
            "aes",
            "crypto",
            "cipher",
            "cookie",
            "security",
            "admin",
            "server",
            "webhook",
            "deploy",
            "integration",
            "ingestion",
            "insert",
            "user",
            "write",
            "rest",
            "personal",
            "project",
            "team",
            "secure",
            "instrumentation",
            "cosmos",
            "connection",
            "sas",
            "rndc",
            "tsig",
            "host",
            "management");

    /** Words that may follow the telling one. */
    private static final Set<String> AFTER = Set.of(
            "value",
            "prod",
            "production",
            "dev",
            "development",
            "staging",
            "stage",
            "test",
            "default",
            "base64",
            "b64",
            "str",
            "string",
            "plain",
            "text",
            "plaintext",
            "primary",
            "secondary",
            "live",
            "old",
            "new",
            "backup",
            "local",
            "main",
            "0",
            "1",
            "2",
            "3",
            "data",
            "v1",
            "v2",
            "db",
            "user",
            "admin",
            "root",
            "raw",
            "override",
            "env",
            "hex");

    private NameSense() {}

    public static Promise of(String name) {
        String[] words = words(name);
        int last = words.length - 1;
        while (last > 0 && AFTER.contains(words[last]) && !PASSWORDS.contains(words[last])) {
            last--;
        }
        if (last < 0) {
            return Promise.NOTHING;
        }
        String word = words[last];
        if (PASSWORDS.contains(word) || endsWithAny(word, PASSWORD_ENDINGS)) {
            return Promise.PASSWORD;
        }
        if (TOKENS.contains(word) || endsWithAny(word, TOKEN_ENDINGS)) {
            return Promise.TOKEN;
        }
        if (!word.endsWith("key") && !word.equals("keys")) {
            return Promise.NOTHING;
        }
        return last > 0 && OF_KEYS.contains(words[last - 1]) ? Promise.TOKEN : Promise.KEY;
    }

    /** Small letters and digits alone, for looking for a vendor's name. */
    public static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                plain.append(c);
            } else if (c >= 'A' && c <= 'Z') {
                plain.append((char) (c | 0x20));
            }
        }
        return plain.toString();
    }

    /** The words of a name, in small letters: parted by signs, and where a small letter meets a capital. */
    private static String[] words(String name) {
        StringBuilder parted = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isCapital = c >= 'A' && c <= 'Z';
            boolean followsSmall = i > 0 && isSmallOrDigit(name.charAt(i - 1));
            boolean beforeSmall = i > 0
                    && i + 1 < name.length()
                    && name.charAt(i + 1) >= 'a'
                    && name.charAt(i + 1) <= 'z'
                    && Character.isUpperCase(name.charAt(i - 1));
            if (isCapital && (followsSmall || beforeSmall)) {
                parted.append(' ');
            }
            if (c != '_' && c != '-' && c != '.') {
                parted.append(c);
            } else if (!parted.isEmpty() && parted.charAt(parted.length() - 1) != ' ') {
                parted.append(' ');
            }
        }
        return parted.toString().strip().toLowerCase(Locale.ROOT).split(" ");
    }

    private static boolean isSmallOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean endsWithAny(String word, String[] endings) {
        for (String ending : endings) {
            if (word.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }
}
