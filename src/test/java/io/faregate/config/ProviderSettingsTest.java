package io.faregate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.config.ProviderSettings.Abandoned;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1, , OPENAI, OPENAI",
    "http://localhost:11434/v1, , OPENAI, OPENAI",
    "https://a.openai.azure.com/openai/v1, , OPENAI, OPENAI",
    "https://a.openai.azure.com/openai/v1, preview, OPENAI, OPENAI",
    "https://a.openai.azure.com, , OPENAI, OPENAI_CHAT",
    "https://A.OpenAI.Azure.com, 2024-10-21, OPENAI, OPENAI_CHAT",
    "https://a.openai.azure.com, 2025-03-01-preview, OPENAI, OPENAI",
    "https://gateway.corp/azure, 2024-10-21, OPENAI, OPENAI_CHAT",
    "https://a.services.ai.azure.com, 2025-04-01-preview, OPENAI_CHAT, OPENAI_CHAT",
    "https://api.anthropic.com, 2023-06-01, ANTHROPIC, ANTHROPIC"
  })
  void azureHasResponsesFromAnApiVersionOn(URI url, @Nullable String version, Api api, Api spoken) {
    assertThat(at(url, version, api).spoken()).isEqualTo(spoken);
  }

  private static ProviderSettings at(URI url, @Nullable String version, Api api) {
    return new ProviderSettings(
        "azure", api, url, List.of(), Map.of(), null, version, null, null, Abandoned.BOUND);
  }
}
