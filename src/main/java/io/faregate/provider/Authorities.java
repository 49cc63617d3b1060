package io.faregate.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Who is believed instead of the usual authorities. With each request Vert.x looks for a
/// connection on which the same are believed, so the PEM, which may be long, is hashed only once.
final class Authorities implements TrustOptions {
  private final PemTrustOptions certificates;
  private final int hash;

  Authorities(String pem) {
    certificates = new PemTrustOptions().addCertValue(Buffer.buffer(pem.getBytes(UTF_8)));
    hash = certificates.hashCode();
  }

  /// Itself: nothing in it changes.
  @Override
  public TrustOptions copy() {
    return this;
  }

  @Override
  public TrustManagerFactory getTrustManagerFactory(Vertx vertx) throws Exception {
    return certificates.getTrustManagerFactory(vertx);
  }

  @Override
  public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) throws Exception {
    return certificates.trustManagerMapper(vertx);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Authorities another
            && hash == another.hash
            && certificates.equals(another.certificates));
  }
}
