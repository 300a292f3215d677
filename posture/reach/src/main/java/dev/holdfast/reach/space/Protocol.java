package dev.holdfast.reach.space;

import java.util.Optional;

/** What has ports. Everything else, such as ICMP, is left open by the policies of Kubernetes. */
public enum Protocol {
    TCP,
    UDP,
    SCTP;

    public static Optional<Protocol> of(String word) {
        for (Protocol protocol : values()) {
            if (protocol.name().equals(word)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
