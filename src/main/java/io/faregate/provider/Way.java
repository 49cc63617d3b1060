package io.faregate.provider;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ProxyOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The way to a provider: its host, perhaps behind an HTTP proxy, and whom to believe that it is
/// the provider. Connections are shared by those who go the same way.
public final class Way {
  private final URI url;
  private final boolean ssl;
  private final int port;
  private final @Nullable ProxyOptions proxy;
  private final @Nullable ClientSSLOptions authorities;

  /// @param url the base, as configured: scheme, host, port and path
  /// @param proxy an HTTP proxy that is asked for the way, or null for none
  /// @param authorities in PEM, which are believed instead of the usual ones; or null
  public Way(URI url, @Nullable URI proxy, @Nullable String authorities) {
    this.url = url;
    this.ssl = "https".equals(url.getScheme());
    this.port = port(url, ssl ? 443 : 80);
    this.proxy =
        proxy == null
            ? null
            : new ProxyOptions().setHost(bare(proxy.getHost())).setPort(port(proxy, 80));
    this.authorities =
        authorities == null || !ssl
            ? null
            : new ClientSSLOptions().setTrustOptions(new Authorities(authorities));
  }

  /// The straight one, to a provider whom the usual authorities know.
  public static Way to(URI url) {
    return new Way(url, null, null);
  }

  URI url() {
    return url;
  }

  /// A request that goes this way.
  RequestOptions request(String address) {
    var request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(url.getHost())
            .setPort(port)
            .setSsl(ssl)
            .setURI(address)
            .setFollowRedirects(false);
    if (proxy != null) {
      request.setProxyOptions(proxy);
    }
    if (authorities != null) {
      request.setSslOptions(authorities);
    }
    return request;
  }

  private static int port(URI url, int usual) {
    return url.getPort() >= 0 ? url.getPort() : usual;
  }

  /// An IPv6 address without its brackets.
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
