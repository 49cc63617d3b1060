package io.faregate.dialect.translate.client;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.CacheMark;
import io.faregate.dialect.translate.hub.Content;
import io.faregate.dialect.translate.loss.Losses;
import org.jspecify.annotations.Nullable;

/// Images as the OpenAI dialects write them: a data URL or an address.
final class Images {
  private static final String DATA = "data:";
  private static final String BASE64 = ";base64,";

  private Images() {}

  /// The image of a URL.
  ///
  /// @param field of the table for images
  /// @throws DialectException if it is neither a data URL with base64 nor an address on the web, or
  ///   if the provider does not take it
  static Content of(String url, String field, @Nullable CacheMark cache, Losses losses) {
    if (url.startsWith(DATA)) {
      int base64 = url.indexOf(BASE64);
      if (base64 < 0) {
        throw new DialectException(field + " must be a data URL with base64", field);
      }
      var type = url.substring(DATA.length(), base64);
      return new Content.Image(type, url.substring(base64 + BASE64.length()), cache);
    }
    if (!url.startsWith("https://") && !url.startsWith("http://")) {
      throw new DialectException(field + " must be a data URL or an address on the web", field);
    }
    var _ = losses.carries(field + " (by address)");
    return new Content.ImageUrl(url, cache);
  }
}
