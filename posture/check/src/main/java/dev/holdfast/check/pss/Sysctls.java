package dev.holdfast.check.pss;

import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The control about kernel parameters: allowed is what the kernel keeps apart by pod, and each came with a version. */
final class Sysctls {
    private static final Map<String, Integer> ALLOWED_SINCE = Map.ofEntries(
            Map.entry("kernel.shm_rmid_forced", 0),
            Map.entry("net.ipv4.ip_local_port_range", 0),
            Map.entry("net.ipv4.tcp_syncookies", 0),
            Map.entry("net.ipv4.ping_group_range", 0),
            Map.entry("net.ipv4.ip_unprivileged_port_start", 0),
            Map.entry("net.ipv4.ip_local_reserved_ports", 27),
            Map.entry("net.ipv4.tcp_keepalive_time", 29),
            Map.entry("net.ipv4.tcp_fin_timeout", 29),
            Map.entry("net.ipv4.tcp_keepalive_intvl", 29),
            Map.entry("net.ipv4.tcp_keepalive_probes", 29),
            Map.entry("net.ipv4.tcp_rmem", 32),
            Map.entry("net.ipv4.tcp_wmem", 32),
            Map.entry("net.ipv4.tcp_slow_start_after_idle", 37),
            Map.entry("net.ipv4.tcp_notsent_lowat", 37));

    private Sysctls() {}

    static Optional<Violation> allowed(PodForm pod, PodSecurityVersion version) {
        List<String> forbidden = new ArrayList<>();
        Place place = Place.START;
        for (Node sysctl : pod.securityContext("sysctls").map(Node::elements).orElse(List.of())) {
            String name = sysctl.textAt("name").orElse("");
            Integer since = ALLOWED_SINCE.get(name);
            if (since == null || !version.atLeast(since)) {
                place = forbidden.isEmpty() ? sysctl.place() : place;
                forbidden.add(name);
            }
        }
        return forbidden.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation("forbidden sysctls", String.join(", ", forbidden), place));
    }
}
