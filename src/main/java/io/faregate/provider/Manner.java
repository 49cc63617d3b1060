package io.faregate.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.ModelId;
import io.faregate.gateway.Header;
import java.net.URI;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;

/// How a provider wants its key and its addresses written.
///
/// @param keyHeader that carries the key
/// @param bearer whether the word `Bearer` goes before the key
/// @param deployments whether the model stands in the address, as Azure's first form has it
/// @param apiVersion asked for in the address, or null
/// @param signature made with keys that are not shown, or null
public record Manner(
    String keyHeader,
    boolean bearer,
    boolean deployments,
    @Nullable String apiVersion,
    @Nullable AwsSignature signature) {
  /// OpenAI and those who speak like it.
  public static final Manner OPENAI = new Manner("authorization", true, false, null, null);

  /// Anthropic.
  public static final Manner ANTHROPIC = new Manner("x-api-key", false, false, null, null);

  /// Gemini.
  public static final Manner GEMINI = new Manner("x-goog-api-key", false, false, null, null);

  /// What Azure's first form is asked for where nobody named a version: the last stable one.
  private static final String AZURE_VERSION = "2024-10-21";

  private static final List<String> BY_DEPLOYMENT = List.of("/chat/completions", "/embeddings");

  /// Of OpenAI's models at Azure.
  ///
  /// @param deployments whether the model stands in the address
  /// @param apiVersion as configured, or null
  public static Manner azure(boolean deployments, @Nullable String apiVersion) {
    var version = apiVersion == null && deployments ? AZURE_VERSION : apiVersion;
    return new Manner("api-key", false, deployments, version, null);
  }

  /// Of Bedrock in a region: its own API keys are shown like OpenAI's, keys of AWS sign.
  public static Manner bedrock(String region, InstantSource clock) {
    var signature = new AwsSignature("bedrock", region, clock);
    return new Manner("authorization", true, false, null, signature);
  }

  /// The headers that show who sends a request.
  ///
  /// @param address which only a signature needs
  List<Header> credentials(String key, Supplier<URI> address, byte[] body) {
    return signature != null && AwsSignature.signs(key)
        ? signature.headers(key, SdkHttpMethod.POST, address.get(), body)
        : List.of(new Header(keyHeader, bearer ? "Bearer " + key : key));
  }

  /// The address of a request.
  ///
  /// @param base path of the provider's URL, without a slash at its end
  /// @param path below it, perhaps with a query
  String address(String base, String path, ModelId model) {
    var address = new StringBuilder(base);
    if (deployments) {
      address.append(base.isEmpty() ? "/openai" : "");
      if (BY_DEPLOYMENT.contains(path) && !base.contains("/deployments/")) {
        address.append("/deployments/").append(segment(model.name()));
      }
    }
    address.append(path);
    if (apiVersion != null) {
      address.append(path.indexOf('?') < 0 ? '?' : '&').append("api-version=").append(apiVersion);
    }
    return address.toString();
  }

  private static String segment(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }
}
