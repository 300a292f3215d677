package dev.holdfast.secrets.sense;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Values that vendors publish, in their documentation or in each copy of their program, known by the first 64 bits of their SHA-256, so that
 * none stands here. A keystore or the content of a private key counts byte by byte, each as one character.
 */
public final class Samples {
    private static final int KNOWN_BYTES = 8;

    private static final Map<String, String> WHERE = Map.ofEntries(
            Map.entry("1a5d44a2dca19669", "AWS documentation"),
            Map.entry("78314b11be2e5815", "AWS documentation"),
            Map.entry("c6ea27c534f993d3", "AWS documentation"),
            Map.entry("e21b597ba6b9cafa", "AWS documentation"),
            Map.entry("cb20d34a7adda2f5", "AWS documentation"),
            Map.entry("2cafc0970149a84f", "Stripe documentation"),
            Map.entry("f2d6ca16515033e5", "Stripe documentation"),
            Map.entry("7e8de44ea9ecf6d5", "Stripe documentation"),
            Map.entry("0011cc25eb432071", "the Azure storage emulator"),
            Map.entry("aa6547439583c3a2", "the Azure Cosmos DB emulator"),
            Map.entry("7f75367e78812551", "jwt.io"),
            Map.entry("da816f9f2c16e6c5", "jwt.io"),
            Map.entry("c794fa6d20c64efb", "jwt.io"),
            Map.entry("8d4ef6536dc8895f", "RFC 7515"),
            Map.entry("976b57ee8acdfcf4", "GitHub documentation"),
            Map.entry("1021ad463a161d69", "Google documentation"),
            Map.entry("ac9265e56c79b234", "Google documentation"),
            Map.entry("98b12d0c446f243b", "WireMock"),
            Map.entry("b48cef878032e184", "Mojolicious"),
            Map.entry("370071bfdaa92ae0", "Jetty"),
            Map.entry("37d3232251807958", "OpenVPN's examples"),
            Map.entry("844f707720589d65", "OpenVPN's examples"),
            Map.entry("e0abee0bf9bdeba8", "OpenVPN's examples"),
            Map.entry("48c64ab7fba94c6f", "OpenVPN's examples"),
            Map.entry("32d885baaf0b3e82", "OpenVPN's examples"),
            Map.entry("7c22e92e818c2b58", "OpenVPN's examples"));

    private Samples() {}

    /** Where the value is published; empty when it is not known to be. */
    public static String where(String value) {
        byte[] digest = sha256(value);
        return WHERE.getOrDefault(HexFormat.of().formatHex(digest, 0, KNOWN_BYTES), "");
    }

    private static byte[] sha256(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every JDK has it
        }
    }
}
