package io.faregate.dialect.carry;

import io.faregate.call.Api;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.translate.Translated;

/// Chooses how an attempt is carried, by the protocol of its client and the API of its provider: as
/// it came where both speak alike, else translated. What cannot be carried at all never comes this
/// far, since the router passes such models over.
public final class Carriages {
  private Carriages() {}

  /// The way of one attempt.
  ///
  /// @param dialect the client's
  /// @param api the provider's
  /// @throws DialectException if something in the body cannot be carried; its message names the
  ///   field
  public static Carriage of(Dialect dialect, Api api, Cargo cargo) {
    if (api.speaks(dialect.protocol())) {
      return new Straight(dialect, cargo.body(), cargo.changes());
    }
    var body = cargo.body();
    var stamp =
        new Translated.Stamp(
            body.asked().usage(),
            cargo.call(),
            cargo.at().getEpochSecond(),
            cargo.provider(),
            cargo.mostOutput());
    return new Translated(dialect.protocol(), api, body.forTranslation(cargo.changes()), stamp);
  }
}
