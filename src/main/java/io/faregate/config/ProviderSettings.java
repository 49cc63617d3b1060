package io.faregate.config;

import io.faregate.call.Api;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where and how a provider is reached.
///
/// @param url what paths are appended to, without a slash at its end
/// @param keys none for a provider that asks for none; several share the load
/// @param headers sent with every request
/// @param region of a cloud that has several, or null
/// @param apiVersion asked for in a header or parameter, or null for the dialect's own
/// @param proxy the HTTP proxy on the way there, or null
/// @param ca the authorities to believe instead of the usual ones, in PEM; or null
/// @param abandoned what an attempt counts that was cut off before its usage came
public record ProviderSettings(
    String name,
    Api api,
    URI url,
    List<Secret> keys,
    Map<String, Secret> headers,
    @Nullable String region,
    @Nullable String apiVersion,
    @Nullable URI proxy,
    @Nullable String ca,
    Abandoned abandoned) {
  private static final List<String> AZURE_HOSTS =
      List.of(".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com");

  /// The first version of Azure's API that has Responses where the model stands in the address.
  private static final String AZURE_RESPONSES = "2025-03-01";

  public ProviderSettings {
    keys = List.copyOf(keys);
    headers = Map.copyOf(headers);
  }

  /// Whether it is Azure, told by its host or by an API version, which nobody else has who speaks
  /// like OpenAI.
  public boolean azure() {
    var host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    return (api == Api.OPENAI || api == Api.OPENAI_CHAT)
        && (apiVersion != null || AZURE_HOSTS.stream().anyMatch(host::endsWith));
  }

  /// Whether it is addressed in Azure's first form, which has the model in the address. The newer
  /// one ends in `/v1` and has it in the body like everyone.
  public boolean byDeployment() {
    return azure() && !String.valueOf(url.getPath()).endsWith("/v1");
  }

  /// What calls to it are written in: older versions of Azure's first form have no Responses.
  public Api spoken() {
    var older = apiVersion == null || apiVersion.compareTo(AZURE_RESPONSES) < 0;
    return api == Api.OPENAI && byDeployment() && older ? Api.OPENAI_CHAT : api;
  }

  /// What an attempt counts that was cut off before its usage came.
  public enum Abandoned {
    /// The most it can have cost.
    BOUND,
    /// What had been seen of it.
    SEEN
  }
}
