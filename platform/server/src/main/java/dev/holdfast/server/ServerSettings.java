package dev.holdfast.server;

import java.nio.file.Path;

/**
 * Where the server listens, and what it reads.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param certificate PEM, the server's own first; its SAN must hold the name by which the API server calls
 * @param key PEM, without a password
 * @param admission the settings of the webhook
 * @param namespace where the server itself runs; what it needs there must stay admissible
 */
public record ServerSettings(String host, int port, Path certificate, Path key, Path admission, String namespace) {}
