package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a cut lets through and what it does not: both directions, both versions of IP, connections that exist, datagrams, shared networks. */
class RespondNetworkTest extends RespondCase {
    /** Counts the datagrams that come. */
    private static final String HEAR =
            "use IO::Socket::IP; my $s = IO::Socket::IP->new(LocalHost => '0.0.0.0', LocalPort => 7001, Proto => 'udp') or die; my $n = 0;"
                    + " while (defined $s->recv(my $m, 99)) { open my $f, '>', '/out/NAME.new'; print $f ++$n; close $f; rename '/out/NAME.new', '/out/NAME' }";

    /** Sends a datagram every 10 ms, whatever becomes of it. */
    private static final String SAY =
            "use IO::Socket::IP; my $s = IO::Socket::IP->new(PeerHost => 'HOST', PeerPort => 7001, Proto => 'udp') or die;"
                    + " while (1) { $s->send('x'); select undef, undef, undef, 0.01 }";

    @Test
    void aCutContainerIsReachedByNobodyAndReachesNobody() throws Exception {
        start("respond-server", SERVE);
        String address = address("respond-server");
        start("respond-client", LISTEN.replace("HOST", address).replace("NAME", "respond-stream"));
        progresses("respond-stream");
        assertThat(reaches("respond-client", address)).isTrue();
        assertThat(reachesFromHere(address)).isTrue();
        long entry = entry(act("disconnect", "respond-server"));
        dries("respond-stream");
        assertThat(reaches("respond-client", address)).isFalse();
        assertThat(reachesFromHere(address)).isFalse();
        assertThat(reaches("respond-server", address("respond-client"))).isFalse();
        assertThat(reaches("respond-server", "127.0.0.1")).as("loopback").isFalse();
        JsonValue found = respond("list").json().get("inForce").elements().getFirst();
        assertThat(found.get("container").text()).contains("respond-server");
        assertThat(found.get("notes").texts().getFirst())
                .doesNotStartWith("0 packets")
                .contains("0 let through");
        assertThat(act("disconnect", "respond-server").text()).contains("already");
        act("undo", String.valueOf(entry));
        dries("respond-stream"); // the second entry asks for the same
        act("undo", String.valueOf(entry + 2));
        progresses("respond-stream"); // the connection was never closed
        assertThat(reachesFromHere(address)).isTrue();
        assertThat(Path.of("/sys/fs/bpf/holdfast")).doesNotExist();
    }

    @Test
    void exceptionsAreLetThrough() throws Exception {
        start("respond-server", SERVE);
        start("respond-client", COUNT.replace("NAME", "respond-client"));
        String address = address("respond-server");
        await(() -> reaches("respond-client", address));
        String client = address("respond-client");
        long entry = entry(act("disconnect", "respond-server", "--keep-loopback", "--except", client));
        assertThat(reaches("respond-client", address)).isTrue();
        assertThat(reaches("respond-server", "127.0.0.1")).isTrue();
        assertThat(reachesFromHere(address)).isFalse();
        JsonValue found = respond("list").json().get("inForce").elements().getFirst();
        assertThat(found.get("notes").texts()).anyMatch(note -> note.contains(client + "/32"));
        act("undo", String.valueOf(entry));
        assertThat(reachesFromHere(address)).isTrue();
    }

    /** IPv6 finds its neighbours by packets that are let through where an IPv6 address is excepted, and only there. */
    @Test
    void exceptionsMayBeIpv6() throws Exception {
        run("docker", "network", "rm", "respond-six");
        assumeTrue(
                run("docker", "network", "create", "--internal", "--ipv6", "--subnet", "fd00:4f1d::/64", "respond-six")
                                .exit()
                        == 0,
                "Docker makes no network with IPv6 here");
        try {
            startIn("respond-six", "respond-server", SERVE.replace("0.0.0.0", "::"));
            String address = address6("respond-server");
            startIn(
                    "respond-six",
                    "respond-client",
                    LISTEN.replace("HOST", address).replace("NAME", "respond-stream"));
            assumeTrue(reaches("respond-client", address), "containers do not reach each other by IPv6 here");
            progresses("respond-stream");
            long strict = entry(act("disconnect", "respond-server"));
            dries("respond-stream"); // a connection that exists
            assertThat(reaches("respond-client", address)).isFalse();
            assertThat(reaches("respond-server", "::1")).isFalse();
            act("undo", String.valueOf(strict));
            progresses("respond-stream");
            long open = entry(act("disconnect", "respond-server", "--except", address6("respond-client")));
            assertThat(reaches("respond-client", address)).isTrue();
            assertThat(reachesFromHere(address)).isFalse();
            act("undo", String.valueOf(open));
        } finally {
            removeContainers();
            run("docker", "network", "rm", "respond-six");
        }
    }

    /** The pins of a container that has ended are found, and tidied up by undo. */
    @Test
    void tidiesUpAfterAContainerThatEnded() throws Exception {
        start("respond-ended", SERVE);
        long entry = entry(act("disconnect", "respond-ended"));
        run("docker", "rm", "-f", "respond-ended");
        JsonValue found = respond("list").json().get("inForce").elements().getFirst();
        assertThat(found.get("notes").texts()).anyMatch(note -> note.contains("has ended"));
        assertThat(act("undo", String.valueOf(entry)).text()).contains("gone");
        assertThat(respond("list").json().get("inForce").elements()).isEmpty();
        assertThat(Path.of("/sys/fs/bpf/holdfast")).doesNotExist();
    }

    @Test
    void datagramsAreCutBothWays() throws Exception {
        start("respond-hears", HEAR);
        start("respond-says", SAY.replace("HOST", address("respond-hears")));
        progresses("respond-hears");
        long hears = entry(act("disconnect", "respond-hears"));
        dries("respond-hears");
        act("undo", String.valueOf(hears));
        progresses("respond-hears");
        long says = entry(act("disconnect", "respond-says"));
        dries("respond-hears");
        act("undo", String.valueOf(says));
        progresses("respond-hears");
    }

    /** Only its own sockets: who else listens on the machine is reached as before, and the loopback cannot be kept for it alone. */
    @Test
    void aContainerInTheMachinesNetworkLosesItsOwnSockets() throws Exception {
        startIn("host", "respond-hosted", SERVE.replace("0.0.0.0", "127.0.0.7"));
        await(() -> reachesFromHere("127.0.0.7"));
        assertThat(act("disconnect", "respond-hosted", "--keep-loopback").exit())
                .isEqualTo(1);
        try (java.net.ServerSocket own =
                new java.net.ServerSocket(7000, 5, java.net.InetAddress.getByName("127.0.0.8"))) {
            assertThat(own.isBound()).isTrue();
            long entry = entry(act("disconnect", "respond-hosted"));
            assertThat(reachesFromHere("127.0.0.7")).isFalse();
            assertThat(reachesFromHere("127.0.0.8")).isTrue();
            act("undo", String.valueOf(entry));
            assertThat(reachesFromHere("127.0.0.7")).isTrue();
        }
    }

    /** The containers of a pod share one network; a name means all of them, and a cut of one leaves the other. */
    @Test
    void aPodIsCutWhole() throws Exception {
        String[] pod = {"--label", "io.kubernetes.pod.name=respond", "--label", "io.kubernetes.pod.namespace=shop"};
        start("respond-first", SERVE, pod);
        String second = LISTEN.replace("HOST", "127.0.0.1").replace("NAME", "respond-stream");
        startIn("container:respond-first", "respond-second", second, pod);
        String address = address("respond-first");
        progresses("respond-stream");
        long one = entry(act("disconnect", "respond-second"));
        dries("respond-stream");
        assertThat(reachesFromHere(address)).isTrue();
        act("undo", String.valueOf(one));
        progresses("respond-stream");
        JsonValue both = act("disconnect", "shop/respond").json();
        assertThat(both.get("outcomes").elements())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.get("result").text()).contains("done"));
        assertThat(reachesFromHere(address)).isFalse();
        for (JsonValue each : both.get("outcomes").elements()) {
            act("undo", each.get("entry").integer().orElseThrow().toString());
        }
        assertThat(reachesFromHere(address)).isTrue();
        progresses("respond-stream");
    }

    @Test
    void saysWhoMayCarryAwayWhatIsLetThrough() throws Exception {
        start("respond-admin", COUNT, "--cap-add", "NET_ADMIN");
        start("respond-plain", COUNT);
        String[] open = {"--except", "192.0.2.1"};
        assertThat(respond("disconnect", "respond-admin", open[0], open[1]).text())
                .contains("CAP_NET_ADMIN");
        assertThat(respond("disconnect", "respond-plain", open[0], open[1]).text())
                .doesNotContain("CAP_NET_ADMIN");
    }

    /** As when we are stopped between the two programs: told, and made whole or taken out. */
    @Test
    void aCutOfOneDirectionIsToldAndTakenOut() throws Exception {
        start("respond-server", SERVE);
        String address = address("respond-server");
        await(() -> reachesFromHere(address));
        long entry = entry(act("disconnect", "respond-server"));
        Path cut;
        try (var cuts = Files.newDirectoryStream(
                Path.of("/sys/fs/bpf/holdfast"), "disconnect-" + inode(group("respond-server")) + "-*")) {
            cut = cuts.iterator().next();
        }
        Files.delete(cut.resolve("ingress"));
        JsonValue found = respond("list").json().get("inForce").elements().getFirst();
        assertThat(found.get("notes").texts()).anyMatch(note -> note.contains("only one direction is cut"));
        long again = entry(act("disconnect", "respond-server"));
        assertThat(reachesFromHere(address)).isFalse();
        act("undo", String.valueOf(entry));
        act("undo", String.valueOf(again));
        assertThat(reachesFromHere(address)).isTrue();
        assertThat(cut).doesNotExist();
    }

    private static Object inode(Path folder) throws Exception {
        return Files.getAttribute(folder, "unix:ino");
    }
}
