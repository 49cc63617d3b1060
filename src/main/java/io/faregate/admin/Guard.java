package io.faregate.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps strangers out (RELIABILITY C12, C13): who has no token where one is set, pages of other
/// sites, and names that were bent to point at this machine. An address in digits cannot be bent.
/// Nobody can guess the token, so who brings it may use any name.
final class Guard {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private volatile @Nullable String token;
  private final Set<String> names;

  Guard(AdminPort.Settings settings) {
    token = settings.token();
    names = Set.of("localhost", settings.host().toLowerCase(Locale.ROOT));
  }

  /// Asks for another token from now on.
  void changeToken(String token) {
    this.token = token;
  }

  /// @throws AdminException if the request is not to be answered
  void admit(HttpServerRequest request) {
    var needed = token;
    if (needed != null) {
      requireToken(request, needed);
    } else {
      requireOwnName(request);
    }
    requireOwnPage(request);
  }

  private static void requireToken(HttpServerRequest request, String token) {
    var given = credential(request.getHeader("authorization"));
    if (given == null || !MessageDigest.isEqual(given.getBytes(UTF_8), token.getBytes(UTF_8))) {
      throw new AdminException(
          401,
          "faregate_bad_token",
          given == null ? "the admin port needs its token" : "this is not the admin port's token",
          "send \"authorization: Bearer <server.admin.token>\"; a browser may give it as password");
    }
  }

  private static @Nullable String credential(@Nullable String header) {
    if (header == null) {
      return null;
    }
    var scheme = header.toLowerCase(Locale.ROOT);
    if (scheme.startsWith(BEARER)) {
      return header.substring(BEARER.length()).strip();
    }
    return scheme.startsWith(BASIC) ? password(header.substring(BASIC.length()).strip()) : null;
  }

  private static String password(String encoded) {
    try {
      var pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  private void requireOwnName(HttpServerRequest request) {
    var authority = request.authority();
    var host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    if (!names.contains(host) && !IPV4.matcher(host).matches() && host.indexOf(':') < 0) {
      throw new AdminException(
          403,
          "faregate_foreign_host",
          "the admin port does not answer to the name \"" + host + "\"",
          "use localhost or the address in digits, or set server.admin.token");
    }
  }

  private static void requireOwnPage(HttpServerRequest request) {
    var origin = request.getHeader("origin");
    if (origin == null) {
      return;
    }
    var host = request.getHeader("host");
    if (!authority(origin).equalsIgnoreCase(host == null ? "" : host)) {
      throw new AdminException(
          403,
          "faregate_foreign_origin",
          "a page of " + origin + " may not read the admin port",
          "open the admin port's own page, or ask from a program");
    }
  }

  private static String authority(String origin) {
    try {
      var authority = new URI(origin).getRawAuthority();
      return authority == null ? origin : authority;
    } catch (URISyntaxException odd) {
      return origin;
    }
  }
}
