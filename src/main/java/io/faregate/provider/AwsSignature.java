package io.faregate.provider;

import io.faregate.gateway.Header;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Signs requests to Amazon's services with Signature Version 4: address, body and time of a
/// request go into it, so the secret itself never leaves. Source: AWS Identity and Access
/// Management user guide, Signature Version 4.
final class AwsSignature {
  /// `ACCESS_KEY_ID:SECRET_ACCESS_KEY`, with `:SESSION_TOKEN` behind it for a key that expires.
  private static final Pattern KEY = Pattern.compile("([A-Z0-9]{16,128}):([^:]+)(?::(.+))?");

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final String service;
  private final String region;
  private final Clock clock;

  AwsSignature(String service, String region, InstantSource clock) {
    this.service = service;
    this.region = region;
    this.clock = clock.withZone(ZoneOffset.UTC);
  }

  /// Whether a key is one to sign with, rather than to show.
  static boolean signs(String key) {
    return KEY.matcher(key).matches();
  }

  /// The headers that show who sends a request.
  ///
  /// @param key one to sign with
  List<Header> headers(String key, SdkHttpMethod method, URI address, byte[] body) {
    var request = SdkHttpRequest.builder().uri(address).method(method).build();
    var signed =
        signer.sign(sign ->
            sign.identity(identity(key))
                .request(request)
                .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    var headers = new ArrayList<Header>(4);
    signed
        .request()
        .forEachHeader((name, values) -> {
          var lower = name.toLowerCase(Locale.ROOT);
          if (lower.equals("authorization") || lower.startsWith("x-amz-")) {
            headers.add(new Header(lower, values.getFirst()));
          }
        });
    return headers;
  }

  private static AwsCredentialsIdentity identity(String key) {
    var parts = KEY.matcher(key);
    if (!parts.matches()) {
      throw new IllegalArgumentException("the key is none to sign with");
    }
    return parts.group(3) == null
        ? AwsCredentialsIdentity.create(parts.group(1), parts.group(2))
        : AwsSessionCredentialsIdentity.create(parts.group(1), parts.group(2), parts.group(3));
  }
}
