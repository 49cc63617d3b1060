package io.faregate.provider;

import io.faregate.call.ModelId;
import io.faregate.gateway.Header;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Where and how a provider is reached. Any event loop may ask it.
public final class Endpoint {
  private final Way way;
  private final String basePath;
  private final Manner manner;
  private final List<Supplier<String>> keys;
  private final List<Header> headers;
  private final AtomicInteger turn = new AtomicInteger();

  /// @param way to the provider
  /// @param manner in which it wants key and addresses
  /// @param keys used in turn; asked each time, since a file may hold a newer one
  /// @param headers sent with every request, in place of the client's of the same name
  public Endpoint(Way way, Manner manner, List<Supplier<String>> keys, List<Header> headers) {
    this.way = way;
    var path = way.url().getRawPath() == null ? "" : way.url().getRawPath();
    this.basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.manner = manner;
    this.keys = List.copyOf(keys);
    this.headers = List.copyOf(headers);
  }

  /// A request to an address at the provider.
  RequestOptions request(String address) {
    return way.request(address);
  }

  /// The address of a request for a model.
  String address(String path, ModelId model) {
    return manner.address(basePath, path, model);
  }

  List<Header> headers() {
    return headers;
  }

  /// The headers that show who sends a request, with the key whose turn it is; none for a provider
  /// that wants none.
  List<Header> credentials(String address, byte[] body) {
    if (keys.isEmpty()) {
      return List.of();
    }
    var key = keys.get(Math.floorMod(turn.getAndIncrement(), keys.size())).get();
    return manner.credentials(key, () -> way.url().resolve(address), body);
  }
}
