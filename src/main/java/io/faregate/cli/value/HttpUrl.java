package io.faregate.cli.value;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the address of a server.
public final class HttpUrl implements ITypeConverter<URI> {
  @Override
  public URI convert(String text) {
    try {
      var url = new URI(text);
      var scheme = url.getScheme();
      if (url.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
        return url;
      }
    } catch (URISyntaxException _) {
      // Said below, as of any other text that is no address.
    }
    throw new TypeConversionException(
        "\"%s\" is not the address of a server; write it like http://127.0.0.1:8081"
            .formatted(text));
  }
}
