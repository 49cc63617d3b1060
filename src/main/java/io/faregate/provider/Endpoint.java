package io.faregate.provider;

import io.faregate.call.ModelId;
import io.faregate.gateway.Header;
import io.faregate.gateway.Time;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where and how a provider is reached. Any event loop may ask it.
public final class Endpoint {
  private final Way way;
  private final String basePath;
  private final Manner manner;
  private final Keys keys;
  private final List<Header> headers;

  /// @param way to the provider
  /// @param manner in which it wants key and addresses
  /// @param keys used in turn; asked each time, since a file may hold a newer one
  /// @param headers sent with every request, in place of the client's of the same name
  public Endpoint(Way way, Manner manner, List<Supplier<String>> keys, List<Header> headers) {
    this.way = way;
    var path = way.url().getRawPath() == null ? "" : way.url().getRawPath();
    this.basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.manner = manner;
    this.keys = new Keys(keys);
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

  /// The key for the next request; null for a provider that wants none.
  Keys.@Nullable Use nextKey(Time time) {
    return keys.next(time);
  }

  /// The headers that show who sends a request.
  List<Header> credentials(Keys.Use key, String address, byte[] body) {
    return manner.credentials(key.key(), () -> way.url().resolve(address), body);
  }
}
