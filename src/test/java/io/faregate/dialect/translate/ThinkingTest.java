package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// How hard a model is told to think, within what it takes.
class ThinkingTest {
  private static final String BUDGET = "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":%d}";

  private static final String EFFORT = "\"output_config\":{\"effort\":\"%s\"}";

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, claude-haiku-4-5",
    "ANTHROPIC, claude-sonnet-4-5-20250929",
    "BEDROCK, eu.anthropic.claude-haiku-4-5-20251001-v1:0"
  })
  void effortIsDroppedWhereTheModelTakesNone(Api provider, String model) {
    var carried = chat(provider, model, "high");

    assertThat(said(carried)).doesNotContain("effort");
    assertThat(carried.warnings()).contains("effort: dropped, the model takes none");
  }

  @ParameterizedTest
  @CsvSource({"ANTHROPIC, claude-sonnet-5", "BEDROCK, eu.anthropic.claude-opus-5-v1:0"})
  void effortReachesModelsThatTakeIt(Api provider, String model) {
    var carried = chat(provider, model, "high");

    assertThat(said(carried)).contains("\"effort\":\"high\"");
    assertThat(carried.warnings()).noneMatch(warning -> warning.contains("effort"));
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "BEDROCK"})
  void minimalBecomesLowWithAWarning(Api provider) {
    var carried = chat(provider, "claude-sonnet-5", "minimal");

    assertThat(said(carried)).contains("\"effort\":\"low\"");
    assertThat(carried.warnings())
        .contains("reasoning_effort (minimal): changed, its lowest level is low");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-3.1-pro-preview, LOW",
    "gemini-3.7-flash, LOW",
    "gemini-3.8-flash, LOW",
    "gemini-flash-latest, LOW",
    "gemini-3-flash-preview, MINIMAL",
    "gemini-3.5-flash, MINIMAL",
    "gemini-3.5-flash-lite, MINIMAL"
  })
  void geminiThinksAsLittleAsTheModelCan(String model, String level) {
    for (var effort : List.of("none", "minimal")) {
      var carried = chat(Api.GEMINI, model, effort);

      assertThat(said(carried)).contains("\"thinkingLevel\":\"" + level + "\"");
      assertThat(
              carried
                  .warnings()
                  .contains("thinking: changed, the lowest level of the model is low"))
          .isEqualTo(level.equals("LOW"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-flash, 31999, 24576",
    "gemini-2.5-flash, 5000, 5000",
    "gemini-2.5-flash-lite, 100, 512",
    "gemini-2.5-pro, 31999, 31999",
    "gemini-2.5-pro, 64000, 32768",
    "gemini-2.5-pro, 1, 128",
    "gemini-3-flash-preview, 31999, 31999"
  })
  void budgetsStayWithinWhatTheGeminiModelTakes(String model, long asked, long sent) {
    var carried = messages(Api.GEMINI, model, BUDGET.formatted(asked));

    assertThat(said(carried)).contains("\"thinkingBudget\":" + sent + "}");
    assertThat(carried.warnings())
        .isEqualTo(
            asked == sent
                ? List.of()
                : List.of("thinking: changed, a budget of %d tokens is sent".formatted(sent)));
  }

  @ParameterizedTest
  @CsvSource({"gemini-2.5-flash, 0", "gemini-2.5-flash-lite, 0", "gemini-2.5-pro, 128"})
  void onlyProModelsThinkThoughToldNotTo(String model, long sent) {
    assertThat(said(chat(Api.GEMINI, model, "none"))).contains("\"thinkingBudget\":" + sent + "}");
  }

  @Test
  void effortBesideABudgetIsDroppedForGemini() {
    for (var members :
        List.of(
            BUDGET.formatted(5_000) + "," + EFFORT.formatted("high"),
            EFFORT.formatted("high") + "," + BUDGET.formatted(5_000))) {
      var carried = messages(Api.GEMINI, "gemini-3.5-flash", members);

      assertThat(said(carried)).contains("\"thinkingBudget\":5000}");
      assertThat(carried.warnings())
          .containsExactly("output_config.effort (beside a budget): dropped, the budget counts");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "{\"type\":\"adaptive\"}, true",
    "'{\"type\":\"enabled\",\"budget_tokens\":5000}', true",
    "{\"type\":\"disabled\"}, false"
  })
  void thoughtsAreShownToWhoAsksForThemInWhateverWay(String thinking, boolean shown) {
    var pair = new Pair(Protocol.MESSAGES, Api.OPENAI_CHAT);
    var carried = messages(Api.OPENAI_CHAT, "m", "\"thinking\":" + thinking);

    assertThat(
            new String(carried.answer(pair.answer()).body(), UTF_8).contains("Two cities again."))
        .isEqualTo(shown);
  }

  private static Translated chat(Api provider, String model, String effort) {
    return new Pair(Protocol.CHAT, provider)
        .carry(
            """
            {"model":"%s","messages":[{"role":"user","content":"hi"}],"reasoning_effort":"%s"}\
            """
                .formatted(model, effort));
  }

  private static Translated messages(Api provider, String model, String members) {
    return new Pair(Protocol.MESSAGES, provider)
        .carry(
            """
            {"model":"%s","max_tokens":9,"messages":[{"role":"user","content":"hi"}],%s}\
            """
                .formatted(model, members));
  }

  private static String said(Translated carried) {
    return new String(carried.body(), UTF_8);
  }
}
