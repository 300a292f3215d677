package dev.holdfast.core.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The proxy that the environment names, as curl reads it: {@code https_proxy} and {@code http_proxy} in either case, {@code no_proxy} with
 * host names and their ends, {@code *} for all.
 */
public final class EnvironmentProxy extends ProxySelector {
    private final UnaryOperator<String> environment;

    /**
     * @param environment reads a variable; an unset one is empty
     */
    public EnvironmentProxy(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI address) {
        String host = address.getHost() == null ? "" : address.getHost();
        String named = variable("https".equals(address.getScheme()) ? "https_proxy" : "http_proxy");
        if (named.isEmpty() || isExempt(host)) {
            return List.of(Proxy.NO_PROXY);
        }
        try {
            URI proxy = URI.create(named.contains("://") ? named : "http://" + named);
            if (proxy.getHost() != null) {
                int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
                return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
            }
        } catch (IllegalArgumentException notAnAddress) {
            // as if unset
        }
        return List.of(Proxy.NO_PROXY);
    }

    private String variable(String name) {
        String lower = environment.apply(name);
        return lower.isEmpty() ? environment.apply(name.toUpperCase(Locale.ROOT)) : lower;
    }

    private boolean isExempt(String host) {
        for (String end : variable("no_proxy").split(",")) {
            String bare = end.strip();
            String suffix = bare.startsWith(".") ? bare : "." + bare;
            if (bare.equals("*") || !bare.isEmpty() && ("." + host).endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException why) {
        // the request itself fails and says so
    }
}
