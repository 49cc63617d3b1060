package io.faregate.cli.doctor;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A client that people point at Faregate: the settings that work, what else they must know, and
/// the first call that it would make. Source: CLIENTS §11.
enum Client {
  OPENAI(
      """
      # Python, TypeScript, Go and Java libraries of OpenAI
      export OPENAI_BASE_URL=%1$s/v1
      export OPENAI_API_KEY=%2$s
      # in code: model "auto" leaves the choice to the policy,
      # "task/NAME" or "WORKFLOW/STEP" name the work\
      """,
      """
      x-faregate-task and the like may be set as default headers instead of a model name\
      """),

  ANTHROPIC(
      """
      # Python, TypeScript, Go and Java libraries of Anthropic; the base has no /v1
      export ANTHROPIC_BASE_URL=%1$s
      export ANTHROPIC_API_KEY=%2$s\
      """,
      """
      a base that ends in /v1 is served too, with a warning in x-faregate-warning\
      """),

  CLAUDE(
      """
      # Claude Code; the base has no /v1
      export ANTHROPIC_BASE_URL=%1$s
      export ANTHROPIC_AUTH_TOKEN=%2$s
      export ANTHROPIC_CUSTOM_HEADERS="x-faregate-task: code_generation"

      # faregate.yaml: it asks for models by its own names
      aliases: { "claude-*": task/code_generation }\
      """,
      """
      its prompt has about 76 kB before you type anything: a route that it takes needs the
       room
      with CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY=1 it lists aliases that begin with
       claude\
      """),

  CODEX(
      """
      # ~/.codex/config.toml
      model = "task/code_generation"
      model_provider = "faregate"

      [model_providers.faregate]
      name = "Faregate"
      base_url = "%1$s/v1"
      env_key = "FAREGATE_KEY"
      wire_api = "responses"
      supports_websockets = false

      # the shell that starts it
      export FAREGATE_KEY=%2$s\
      """,
      """
      it sends no output limit: the tier's models need max_output or a price for their
       longest
      under a limit set web_search = "disabled": a search at the provider has no bound
      it repeats a refusal of 402 five times before it shows it; each repeat costs nothing\
      """),

  AI_SDK(
      """
      // npm: ai, @ai-sdk/openai
      const faregate = createOpenAI({ baseURL: "%1$s/v1", apiKey: "%2$s" });
      // faregate("auto") speaks Responses, faregate.chat("auto") Chat Completions\
      """,
      """
      set providerOptions.openai.store to false: else its second step names items that only
       OpenAI has, which no other provider reads and no limit can bound
      createAnthropic takes the base with /v1
      for Claude names that it does not know it caps max_tokens at 4,096: set
       maxOutputTokens\
      """),

  LANGCHAIN4J(
      """
      // dev.langchain4j:langchain4j-open-ai
      var model =
          OpenAiChatModel.builder()
              .baseUrl("%1$s/v1")
              .apiKey("%2$s")
              .modelName("auto")
              .customHeaders(Map.of("x-faregate-task", "summarization"))
              .build();\
      """,
      """
      it repeats a 429 three times whatever the answer says; set maxRetries(0) to have it
       once\
      """),

  SPRING_AI(
      """
      # application.properties, org.springframework.ai:spring-ai-starter-model-openai
      spring.ai.openai.base-url=%1$s/v1
      spring.ai.openai.api-key=%2$s
      spring.ai.openai.chat.options.model=auto\
      """,
      """
      versions before 2.0 add /v1 themselves; then the base ends without it\
      """);

  private final String settings;
  private final String notes;

  Client(String settings, String notes) {
    this.settings = settings;
    this.notes = notes;
  }

  /// The client by the word of the command line; empty if there is none.
  static Optional<Client> of(String word) {
    return Arrays.stream(values()).filter(client -> client.word().equals(word)).findAny();
  }

  /// All words of the command line.
  static String words() {
    return Arrays.stream(values()).map(Client::word).collect(joining(", "));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Settings to copy.
  ///
  /// @param base the address of Faregate, without a path
  String settings(String base, String key) {
    return settings.formatted(base, key);
  }

  List<String> notes() {
    return notes.lines().toList();
  }

  /// What it would send first.
  FirstCall call() {
    return switch (this) {
      case OPENAI, LANGCHAIN4J, SPRING_AI -> FirstCall.chat(word());
      case ANTHROPIC -> FirstCall.messages(word());
      case CLAUDE -> FirstCall.claudeCode();
      case CODEX -> FirstCall.codex();
      case AI_SDK -> FirstCall.responses(word());
    };
  }
}
