package io.faregate.provider;

import io.faregate.gateway.Header;
import io.faregate.gateway.Outbound;
import io.faregate.gateway.Providers;
import io.faregate.gateway.Time;
import io.faregate.wire.InterimResponses;
import io.faregate.wire.JoinedWrites;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.function.Supplier;

/// Sends attempts over HTTP/1.1. One instance belongs to one event loop, so that a call and its
/// attempts never change threads; its pool is bounded, and so is the queue before it.
public final class HttpProviders implements Providers {
  private static final int CONNECTIONS = 2_048;
  private static final int WAITING = 1_024;
  private static final int CONNECT_MILLIS = 10_000;
  // Shorter than the usual 60 s of servers: a request on a connection that is just being closed
  // cannot be told from one that the provider has seen.
  private static final int KEEP_ALIVE_SECONDS = 45;

  private final HttpClientAgent client;
  private final Supplier<Map<String, Endpoint>> endpoints;
  private final Time time;

  /// @param endpoints by the provider's name in the policy in force
  public HttpProviders(Vertx vertx, Supplier<Map<String, Endpoint>> endpoints, Time time) {
    this.endpoints = endpoints;
    this.time = time;
    var options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setTcpNoDelay(true)
            .setDecompressionSupported(false)
            .setMaxHeaderSize(64 * 1024)
            .setMaxInitialLineLength(8 * 1024);
    var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING);
    this.client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(pool)
            .withConnectHandler(connection -> {
              JoinedWrites.on(connection);
              InterimResponses.stepOver(connection);
            })
            .build();
  }

  @Override
  public Sending send(Outbound outbound, Listener listener) {
    var endpoint = endpoints.get().get(outbound.model().provider());
    var key = endpoint == null ? null : endpoint.nextKey(time);
    var sending = new HttpSending(listener, outbound.body(), key);
    if (endpoint == null) {
      listener.failed(false, "provider " + outbound.model().provider() + " is not configured");
      return sending;
    }
    var address = endpoint.address(outbound.path(), outbound.model());
    var headers = headers(outbound, endpoint);
    if (key != null) {
      endpoint.credentials(key, address, outbound.body()).forEach(header -> set(header, headers));
    }
    var request = endpoint.request(address).setHeaders(headers);
    client.request(request).onComplete(sending::connected, sending::unconnected);
    return sending;
  }

  /// Closes every connection.
  public Future<Void> close() {
    return client.close();
  }

  private static MultiMap headers(Outbound outbound, Endpoint endpoint) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    for (var header : outbound.headers()) {
      headers.add(header.name(), header.value());
    }
    headers.set("content-type", "application/json");
    endpoint.headers().forEach(header -> set(header, headers));
    return headers;
  }

  private static void set(Header header, MultiMap headers) {
    headers.set(header.name(), header.value());
  }
}
