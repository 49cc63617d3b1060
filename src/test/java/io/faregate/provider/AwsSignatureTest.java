package io.faregate.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.gateway.Header;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;

class AwsSignatureTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE:" + SECRET;
  private static final InstantSource THEN =
      InstantSource.fixed(Instant.parse("2013-05-24T00:00:00Z"));

  /// The examples with these three signed headers in the Amazon S3 API reference, "Signature
  /// Calculations for the Authorization Header".
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /?lifecycle, fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543
          /?max-keys=2&prefix=J, 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7
          """)
  void signsThePublishedExamplesAsPublished(String path, String signature) {
    var address = URI.create("https://examplebucket.s3.amazonaws.com" + path);
    var signed =
        new AwsSignature("s3", "us-east-1", THEN)
            .headers(KEY, SdkHttpMethod.GET, address, new byte[0]);

    assertThat(Header.value(signed, "authorization"))
        .isEqualTo(
            """
            AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, \
            SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=%s\
            """
                .formatted(signature));
    assertThat(Header.value(signed, "x-amz-date")).isEqualTo("20130524T000000Z");
  }

  /// The same by the steps of the user guide: the path, encoded as it is sent, is encoded again.
  @Test
  void signsTheAddressOfAModelWithAColon() throws GeneralSecurityException {
    var body = "{\"messages\":[]}".getBytes(UTF_8);
    var path = "/model/amazon.nova-lite-v1%3A0/converse";
    var address = URI.create("https://bedrock-runtime.us-east-1.amazonaws.com" + path);
    var signed =
        new AwsSignature("bedrock", "us-east-1", THEN)
            .headers(KEY, SdkHttpMethod.POST, address, body);

    var request =
        String.join(
            "\n",
            "POST",
            path.replace("%", "%25"),
            "",
            "host:bedrock-runtime.us-east-1.amazonaws.com",
            "x-amz-content-sha256:" + sha256(body),
            "x-amz-date:20130524T000000Z",
            "",
            "host;x-amz-content-sha256;x-amz-date",
            sha256(body));
    var scope = "20130524/us-east-1/bedrock/aws4_request";
    var text =
        String.join(
            "\n", "AWS4-HMAC-SHA256", "20130524T000000Z", scope, sha256(request.getBytes(UTF_8)));
    var key = ("AWS4" + SECRET).getBytes(UTF_8);
    for (var part : List.of("20130524", "us-east-1", "bedrock", "aws4_request", text)) {
      key = hmac(key, part);
    }
    assertThat(Header.value(signed, "authorization"))
        .endsWith("Signature=" + HexFormat.of().formatHex(key));
  }

  @Test
  void sendsTheTokenOfAKeyThatExpires() {
    var signed =
        new AwsSignature("bedrock", "eu-west-1", THEN)
            .headers(
                KEY + ":to:ken", SdkHttpMethod.POST, URI.create("https://x.test/"), new byte[0]);

    assertThat(Header.value(signed, "x-amz-security-token")).isEqualTo("to:ken");
    assertThat(signed.toString()).doesNotContain(SECRET);
  }

  @Test
  void showsBedrocksOwnKeysLikeAnyOther() {
    var manner = Manner.bedrock("us-east-1", THEN);

    assertThat(manner.credentials("ABSKQmVk", () -> URI.create("https://x.test/"), new byte[0]))
        .containsExactly(new Header("authorization", "Bearer ABSKQmVk"));
  }

  @Test
  void givesGeminiItsKeyInItsOwnHeader() {
    assertThat(Manner.GEMINI.credentials("key", () -> URI.create("https://x.test/"), new byte[0]))
        .containsExactly(new Header("x-goog-api-key", "key"));
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
