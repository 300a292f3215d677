package dev.holdfast.check.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Result;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningClusterTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private final Map<String, String> items = new HashMap<>();

    @BeforeEach
    void listens() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            String known = items.getOrDefault(name, "List: ");
            int colon = known.indexOf(':');
            boolean isForbidden = known.startsWith("403");
            String answer = isForbidden
                    ? "{\"kind\": \"Status\", \"message\": \"not yours\"}"
                    : "{\"kind\": \"" + known.substring(0, colon) + "\", \"apiVersion\": \"" + version(path)
                            + "\", \"metadata\": {}, \"items\": [" + known.substring(colon + 1) + "]}";
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isForbidden ? 403 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void ends() {
        server.stop(0);
    }

    private static String version(String path) {
        return path.startsWith("/api/") ? "v1" : path.substring("/apis/".length(), path.lastIndexOf('/'));
    }

    private static String object(String name, String owner, String spec) {
        String owners =
                owner.isEmpty() ? "" : ", \"ownerReferences\": [{\"controller\": true, \"uid\": \"" + owner + "\"}]";
        return "{\"metadata\": {\"name\": \"" + name + "\", \"namespace\": \"shop\", \"uid\": \"" + name + "\"" + owners
                + "}, \"spec\": " + spec + ", \"status\": {\"phase\": \"x\"}}";
    }

    private CheckReport check() throws Exception {
        Path config = Files.writeString(
                folder.resolve("config"),
                "current-context: t\ncontexts: [{name: t, context: {cluster: t}}]\nclusters: [{name: t, cluster: {server: 'http://127.0.0.1:"
                        + server.getAddress().getPort() + "'}}]\n");
        RunningCluster cluster = new RunningCluster(config, "", name -> "");
        return new Checker(Limits.DEFAULT).check(CheckRequest.ofCluster("cluster:", cluster));
    }

    @Test
    void judgesWhatNothingElseMakesAndTellsWhatItMayNotSee() throws Exception {
        String pod = "{\"hostPID\": true, \"containers\": [{\"name\": \"c\", \"image\": \"a:1\"}]}";
        String template = "{\"selector\": {}, \"template\": {\"metadata\": {}, \"spec\": " + pod + "}}";
        items.put("deployments", "DeploymentList:" + object("web", "", template));
        items.put("replicasets", "ReplicaSetList:" + object("web-1", "web", template));
        items.put(
                "pods",
                "PodList:" + object("web-1-a", "web-1", pod) + "," + object("lone", "", pod) + ","
                        + object("foreign", "an operator", pod));
        items.put("roles", "403:");
        CheckReport report = check();
        assertThat(report.kind()).isEqualTo("cluster");
        assertThat(report.failures())
                .filteredOn(result -> result.rule().equals("host-pid"))
                .extracting(Result::subject)
                .containsExactlyInAnyOrder("Deployment shop/web", "Pod shop/lone", "Pod shop/foreign");
        assertThat(report.failures())
                .allSatisfy(result -> assertThat(result.repair()).isEmpty());
        assertThat(report.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.subject()).isEqualTo("roles");
            assertThat(gap.detail()).contains("403", "not yours");
        });
    }

    @Test
    void takesNothingFromAnAnswerOfNonsense() throws Exception {
        items.put("pods", "PodList:1, \"x\", [], {\"metadata\": 3}, {\"spec\": {\"containers\": 7}}");
        items.put("deployments", "Nonsense:{}");
        assertThat(check().failures()).extracting(Result::subject).doesNotContain("internal");
        assertThat(List.of("fail", "pass", "could-not-tell"))
                .contains(check().verdict().outcome().word());
    }
}
