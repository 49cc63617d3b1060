package io.faregate.config.yaml;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the address of a server. Link-local and metadata addresses are refused however they are
/// written, since a machine's own credentials are to be had there; names are looked at again when
/// they are resolved. Source: RELIABILITY §8, C5.
public final class UrlText {
  private static final Set<String> METADATA_HOSTS =
      Set.of(
          "metadata",
          "metadata.google.internal",
          "instance-data",
          "instance-data.ec2.internal",
          "100.100.100.200",
          "[fd00:ec2::254]",
          "[fd00:ec2:0:0:0:0:0:254]");

  private static final Pattern PRIVATE_ADDRESS =
      Pattern.compile("(127|10|192\\.168|172\\.(1[6-9]|2\\d|3[01]))\\..*");
  private static final Pattern PRIVATE_NAME =
      Pattern.compile("(?i).*\\.(localhost|local|internal|lan|svc|home\\.arpa)\\.?");

  private UrlText() {}

  /// The URL in a text, without a slash at its end; null, which is reported at the item, if it is
  /// no place to send calls to.
  public static @Nullable URI read(String text, Item item) {
    URI url;
    try {
      url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    } catch (URISyntaxException bad) {
      item.error(item.path() + " is not a URL", "write it like https://api.openai.com/v1");
      return null;
    }
    var fault = fault(url);
    if (fault != null) {
      item.error(item.path() + " " + fault.message(), fault.fix());
      return null;
    }
    return url;
  }

  /// Whether a host is neither this machine nor, by its looks, one of the own network.
  public static boolean isPublic(String host) {
    return host.indexOf('.') > 0
        && !PRIVATE_ADDRESS.matcher(host).matches()
        && !PRIVATE_NAME.matcher(host).matches();
  }

  /// Whether the address in a host, in any of its spellings, is link-local or a metadata service.
  static boolean isForbidden(String host) {
    var name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    if (METADATA_HOSTS.contains(name)) {
      return true;
    }
    return address(name)
        .filter(address ->
            address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || METADATA_HOSTS.contains(address.getHostAddress())
                || METADATA_HOSTS.contains("[" + address.getHostAddress() + "]"))
        .isPresent();
  }

  private static @Nullable Fault fault(URI url) {
    var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return new Fault("must begin with https:// or http://", "write it out in full");
    }
    if (url.getRawUserInfo() != null) {
      return new Fault("holds a user name or password", "put the credential into key or headers");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return new Fault("holds ? or #", "end it with its path");
    }
    var host = url.getHost();
    if (host == null) {
      return new Fault("names no host", "write it like https://api.openai.com/v1");
    }
    return isForbidden(host)
        ? new Fault(
            "is a link-local or metadata address, where no model is",
            "name the provider's own host")
        : null;
  }

  /// The address that a host spells out, without asking anyone: `169.254.1.1`, `0xa9fe0101`,
  /// `[::ffff:169.254.1.1]`. Empty for a name.
  private static Optional<InetAddress> address(String host) {
    try {
      return Optional.of(
          host.startsWith("[")
              ? Inet6Address.ofLiteral(host.substring(1, host.length() - 1))
              : Inet4Address.ofPosixLiteral(host));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }

  private record Fault(String message, String fix) {}
}
