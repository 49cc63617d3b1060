package io.faregate.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.TokenCount;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same call in each dialect: how its usage tells the tokens differs, what it costs does not.
class DialectBillTest {
  private static final String MARKERS =
      "[[sim:input=10000; cached=6000; written=2000; written1h=1000; reasoning=40; tokens=100]]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CHAT | usage | {'prompt_tokens':10000,'completion_tokens':140,'total_tokens':10140,"
            + "'prompt_tokens_details':{'cached_tokens':6000,'cache_write_tokens':3000,"
            + "'audio_tokens':0},'completion_tokens_details':{'reasoning_tokens':40,"
            + "'audio_tokens':0,'accepted_prediction_tokens':0,'rejected_prediction_tokens':0}}",
        "RESPONSES | usage | {'input_tokens':10000,'input_tokens_details':{'cached_tokens':6000,"
            + "'cache_write_tokens':3000},'output_tokens':140,'output_tokens_details':"
            + "{'reasoning_tokens':40},'total_tokens':10140}",
        "MESSAGES | usage | {'input_tokens':1000,'cache_creation_input_tokens':3000,"
            + "'cache_read_input_tokens':6000,'cache_creation':{'ephemeral_5m_input_tokens':2000,"
            + "'ephemeral_1h_input_tokens':1000},'output_tokens':140,"
            + "'output_tokens_details':{'thinking_tokens':40},'service_tier':'standard'}",
        "GEMINI | usageMetadata | {'promptTokenCount':10000,'candidatesTokenCount':100,"
            + "'totalTokenCount':10140,'cachedContentTokenCount':6000,'thoughtsTokenCount':40,"
            + "'promptTokensDetails':[{'modality':'TEXT','tokenCount':10000}]}",
        "CONVERSE | usage | {'inputTokens':1000,'outputTokens':140,'totalTokens':10140,"
            + "'cacheReadInputTokens':6000,'cacheWriteInputTokens':3000,'cacheDetails':"
            + "[{'ttl':'5m','inputTokens':2000},{'ttl':'1h','inputTokens':1000}]}"
      })
  void tellsItsTokensInItsOwnWayAndCostsTheSame(Speech speech, String field, String usage) {
    try (var running = RunningProvider.usual()) {
      var plain = running.bytes(speech.call(running, MARKERS, false));
      assertThat(Text.JSON.readTree(new String(plain.body(), UTF_8)).path(field).toString())
          .isEqualTo(usage.replace('\'', '"'));
      assertThat(running.line().tokens())
          .isEqualTo(new TokenCount(1_000, 6_000, 2_000, 1_000, 140, 40));
      // 1,000 × 3,000 + 6,000 × 300 + 2,000 × 3,750 + 1,000 × 6,000 + 140 × 15,000 nano-dollars.
      assertThat(running.line().costNanoUsd()).isEqualTo(20_400_000);

      var streamed = running.bytes(speech.call(running, MARKERS, true));
      assertThat(streamed.statusCode()).isEqualTo(200);
      running.settled();
      assertThat(running.provider.bill().totalNanoUsd()).isEqualTo(40_800_000);
      assertThat(running.provider.bill().lines()).allMatch(BillLine::usageReported);
    }
  }
}
