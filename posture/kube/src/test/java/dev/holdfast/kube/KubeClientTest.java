package dev.holdfast.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeClientTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private final List<String> asked = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    @BeforeEach
    void listens() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            String answer = answers.removeFirst();
            byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void ends() {
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private KubeClient client() throws IOException {
        KubeConfig config = new KubeConfig(
                "test", URI.create(address()), List.of(), Optional.of("t0ken"), Optional.empty(), Optional.empty());
        return new KubeClient(config, name -> "", Limits.DEFAULT);
    }

    private List<String> names(KubeClient client, List<KubeClient.Listing> listing) throws Exception {
        List<String> names = new ArrayList<>();
        listing.add(client.list(
                "/api/v1/pods",
                page -> page.get("items")
                        .map(Node::elements)
                        .orElse(List.of())
                        .forEach(item ->
                                names.add(item.textAt("metadata", "name").orElse("")))));
        return names;
    }

    private static String page(String more, String name) {
        return "200 {\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"continue\":\"" + more
                + "\"},\"items\":[{\"metadata\":{\"name\":\"" + name + "\"}}]}";
    }

    @Test
    void followsThePagesToTheEnd() throws Exception {
        answers.addAll(List.of(page("a+b/c=", "one"), page("", "two")));
        List<KubeClient.Listing> listing = new ArrayList<>();
        try (KubeClient client = client()) {
            assertThat(names(client, listing)).containsExactly("one", "two");
        }
        assertThat(listing).containsExactly(new KubeClient.Listing.Whole());
        assertThat(asked)
                .containsExactly(
                        "GET /api/v1/pods?limit=500 Bearer t0ken",
                        "GET /api/v1/pods?limit=500&continue=a%2Bb%2Fc%3D Bearer t0ken");
    }

    @Test
    void goesOnWhenOldPagesAreGone() throws Exception {
        answers.addAll(List.of(
                page("old", "one"),
                "410 {\"kind\":\"Status\",\"code\":410,\"metadata\":{\"continue\":\"new\"}}",
                page("", "two")));
        try (KubeClient client = client()) {
            assertThat(names(client, new ArrayList<>())).containsExactly("one", "two");
        }
        assertThat(asked.getLast()).contains("continue=new");
    }

    @Test
    void waitsForABusyServer() throws Exception {
        answers.addAll(List.of("429 busy", page("", "one")));
        try (KubeClient client = client()) {
            assertThat(names(client, new ArrayList<>())).containsExactly("one");
        }
    }

    @Test
    void aListThatMayNotBeSeenIsRefusedInTheServersWords() throws Exception {
        answers.add("403 {\"kind\":\"Status\",\"message\":\"pods is forbidden\"}");
        List<KubeClient.Listing> listing = new ArrayList<>();
        try (KubeClient client = client()) {
            assertThat(names(client, listing)).isEmpty();
        }
        assertThat(listing)
                .containsExactly(
                        new KubeClient.Listing.Refused("/api/v1/pods: the server answered 403: pods is forbidden"));
    }

    @Test
    void credentialsThatAreNotTakenAreTheUsersBusiness() throws Exception {
        answers.add("401 {\"kind\":\"Status\",\"message\":\"Unauthorized\"}");
        try (KubeClient client = client()) {
            assertThatThrownBy(() -> names(client, new ArrayList<>()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("does not take the credentials of the context test");
        }
    }

    @Test
    void aPageThatIsNoJsonIsNoList() throws Exception {
        answers.add("200 <html>");
        try (KubeClient client = client()) {
            assertThatThrownBy(() -> names(client, new ArrayList<>()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is it an API server?");
        }
    }

    @Test
    void aRedirectionIsNotFollowed() throws Exception {
        answers.add("302 elsewhere");
        List<KubeClient.Listing> listing = new ArrayList<>();
        try (KubeClient client = client()) {
            names(client, listing);
        }
        assertThat(listing).containsExactly(new KubeClient.Listing.Refused("/api/v1/pods: the server answered 302"));
    }

    @Test
    void aServerThatIsAwayIsTheSurroundings() throws Exception {
        try (KubeClient client = client()) {
            server.stop(0);
            assertThatThrownBy(() -> names(client, new ArrayList<>()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot read " + address() + "/api/v1/pods");
        }
    }

    private KubeConfig config(String cluster, String user, String context) throws Exception {
        Path file = folder.resolve("config");
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: here
                contexts:
                - {name: here, context: {cluster: c, user: u}}
                - {name: nobody, context: {cluster: c}}
                - {name: lost, context: {cluster: absent, user: u}}
                clusters:
                - name: c
                  cluster: {%s}
                users:
                - name: u
                  user: {%s}
                """.replaceFirst("%s", cluster).replaceFirst("%s", user));
        return KubeConfigFile.read(file, context);
    }

    private void refuses(String cluster, String user, String context, String message) {
        assertThatThrownBy(() -> config(cluster, user, context))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsServerAndToken() throws Exception {
        KubeConfig config = config("server: 'https://k8s.example:6443/'", "token: t0ken", "");
        assertThat(config.server()).isEqualTo(URI.create("https://k8s.example:6443"));
        assertThat(config.authorization()).isEqualTo("Bearer t0ken");
        Files.writeString(folder.resolve("t"), "of-file\n");
        assertThat(config("server: 'http://127.0.0.1:8001'", "tokenFile: t", "here")
                        .authorization())
                .isEqualTo("Bearer of-file");
        assertThat(config("server: 'https://k8s.example'", "token: t0ken", "nobody")
                        .token())
                .isEmpty();
    }

    @Test
    void refusesWhatWouldRunAProgramOrTrustAnybody() {
        String fine = "server: 'https://k8s.example'";
        refuses(fine, "exec: {command: aws}", "", "no program is run to get credentials");
        refuses(fine, "auth-provider: {name: gcp}", "", "no program is run to get credentials");
        refuses(fine, "username: a, password: b", "", "has a password");
        refuses(fine + ", insecure-skip-tls-verify: true", "token: t", "", "whoever answers");
        refuses(fine + ", proxy-url: 'http://p'", "token: t", "", "proxy-url, which is not supported");
        refuses("server: 'http://k8s.example'", "token: t", "", "begins with https://");
        refuses("server: 'https://user@k8s.example'", "token: t", "", "begins with https://");
        refuses("server: 'not an address'", "token: t", "", "begins with https://");
        refuses(fine, "token: t", "lost", "it has no cluster \"absent\"");
        refuses(fine, "token: t", "elsewhere", "it has no context \"elsewhere\"");
    }

    @Test
    void aCertificateThatIsNoneIsSaid() {
        assertThatThrownBy(() ->
                        config("server: 'https://k8s.example', certificate-authority-data: aGVsbG8=", "token: t", ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("certificate-authority-data: no certificate");
        assertThatThrownBy(() -> KubeConfigFile.read(folder.resolve("absent"), ""))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no kubeconfig");
    }
}
