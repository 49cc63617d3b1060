package io.faregate.dialect.translate.loss;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one table of what is carried from each client dialect to each kind of provider. Readers of
/// bodies obey it, and `docs/translation.md` is made from it.
///
/// What only tunes an answer is dropped where a provider has nothing like it; what the client reads
/// in the answer, or relies on, is refused. Sources: the references of the five APIs and the types
/// of their official clients, November 2026.
public final class LossTable {
  /// The kinds of providers in the order of the signs. `openai` is a model of OpenAI that thinks,
  /// which is asked in Responses; its others are asked in Chat, like those of `openai_chat`.
  static final List<Api> COLUMNS =
      List.of(Api.OPENAI, Api.OPENAI_CHAT, Api.ANTHROPIC, Api.GEMINI, Api.BEDROCK);

  private static final String CHAT =
      """
      model | | ==+++ | as the provider names it
      messages | | ==+++ |
      messages[].role (system, later) | | ==~~~ | it stands where it stood, as the user's words
      messages[].role (function) | | ==!!! | deprecated; use tool
      messages[].content | | ==+++ |
      messages[].content[].text | | ==+++ |
      messages[].content[].refusal | | ==+++ | as text
      messages[].content[].image_url | | ==+++ | by value, as a data URL
      messages[].content[].image_url (by address) | | ==+!! | the provider takes images by value
      messages[].content[].image_url.url | | ==+++ |
      messages[].content[].image_url.detail | "auto" | ==--- | it has no such setting
      messages[].content[].input_audio | | ==!!! | audio is not translated
      messages[].content[].file | | ==!!! | files are not translated
      messages[].content[].prompt_cache_breakpoint | | ==+-+ | a mark of five minutes there
      messages[].name | | ==--- | it knows no names of speakers
      messages[].refusal | | ==+++ | as text
      messages[].audio | | ==!!! | audio is not translated
      messages[].function_call | | ==!!! | deprecated; use tool_calls
      messages[].tool_call_id | | ==+++ |
      messages[].tool_calls | | ==+++ |
      messages[].tool_calls[].type (custom) | | ==!!! | custom tools belong to Responses
      tools | | ==+++ |
      tools[].type (custom) | | ==!!! | custom tools belong to Responses
      tools[].function.name | | ==+++ |
      tools[].function.description | | ==+++ |
      tools[].function.parameters | | ==+++ |
      tools[].function.strict | false | ==+-+ | it has no such setting
      tool_choice | "auto" | ==+++ |
      tool_choice (none) | | ==++- | it cannot be told not to call tools
      tool_choice (allowed_tools) | | ==!!! | offer only the tools that are allowed
      tool_choice (custom) | | ==!!! | custom tools belong to Responses
      parallel_tool_calls | true | ==+-- | it cannot be told to call one tool at a time
      functions | | ==!!! | deprecated; use tools
      function_call | | ==!!! | deprecated; use tool_choice
      response_format | {"type":"text"} | ==+++ | the schema, in the provider's own place for it
      response_format (json_object) | | ==-+- | it knows only schemas
      max_completion_tokens | | ==+++ |
      max_tokens | | ==+++ | used if max_completion_tokens is missing
      temperature | | ==-++ | the Messages API no longer has it
      top_p | | ==-++ | the Messages API no longer has it
      stop | | ==+++ |
      seed | | ==-+- | it has no such setting
      frequency_penalty | 0 | ==-+- | it has no such setting
      presence_penalty | 0 | ==-+- | it has no such setting
      logit_bias | {} | ==--- | token numbers mean something else there
      logprobs | false | ==!!! | it does not give probabilities in this form
      top_logprobs | 0 | ==!!! | it does not give probabilities in this form
      n | 1 | ==!!! | one answer for each call
      modalities | ["text"] | ==!!! | only text is translated
      audio | | ==!!! | audio is not translated
      moderation | | ==!!! | it does not give moderation results
      web_search_options | | ==!!! | it does not search by this setting
      reasoning_effort | | ==+~+ | its levels are fewer: the nearest is taken
      reasoning_effort (minimal) | | ==~+~ | its lowest level is low
      reasoning_effort (none) | | ==++- | it cannot be told not to think
      verbosity | "medium" | ==--- | it has no such setting
      prediction | | ==--- | it only makes the answer faster
      stream | false | ==+++ |
      stream_options | {} | ==+++ |
      stream_options.include_usage | | ==+++ | usage is always read, and shown if asked for
      stream_options.include_obfuscation | false | ==--- | our chunks are not padded
      metadata | {} | ==--+ | it takes no pairs of one's own
      store | false | ==--- | it keeps no answers in this form
      service_tier | "auto" | ==--- | its tiers are others
      user | | ==+-- | it takes no name of a user
      safety_identifier | | ==+-- | it takes no name of a user
      prompt_cache_key | | ==--- | its cache needs no key
      prompt_cache_options | | ==--- | its cache has no such settings
      prompt_cache_retention | | ==--- | its cache has no such settings
      """;

  private static final String RESPONSES =
      """
      model | | =++++ | as the provider names it
      input | | =++++ |
      instructions | | =++++ | before the conversation
      input[].role (system, later) | | =+~~~ | it stands where it stood, as the user's words
      input[].content | | =++++ |
      input[].content[].input_text | | =++++ |
      input[].content[].output_text | | =++++ |
      input[].content[].refusal | | =++++ | as text
      input[].content[].input_image | | =++++ | by value, as a data URL
      input[].content[].input_image (by address) | | =++!! | the provider takes images by value
      input[].content[].input_image (by file_id) | | =!!!! | the file is at another provider
      input[].content[].detail | "auto" | =+--- | it has no such setting
      input[].content[].input_file | | =!!!! | files are not translated
      input[].content[].input_audio | | =!!!! | audio is not translated
      input[].content[].prompt_cache_breakpoint | | =-+-+ | a mark of five minutes there
      input[].message | | =++++ |
      input[].function_call | | =++++ |
      input[].function_call_output | | =++++ |
      input[].function_call_output (image) | | =~+~+ | the image follows in a message of the user
      input[].custom_tool_call | | =~~~~ | its text is the one argument of a function
      input[].custom_tool_call_output | | =++++ |
      input[].additional_tools | | =++++ | all tools are told at once
      input[].reasoning | | =---- | only its own provider can read it
      input[].item_reference | | =!!!! | kept at another provider: send it itself (`store: false`)
      input[].phase | | =---- | it has no such setting
      tools | | =++++ |
      tools[].function | | =++++ |
      tools[].custom | | =~~~~ | it becomes a function with one text as its argument
      tools[].namespace | | =~~~~ | its tools are named NAMESPACE__TOOL
      tools[].web_search | | =---- | the model cannot search there
      tools[].web_search_preview | | =---- | the model cannot search there
      tools[].image_generation | | =---- | the model cannot draw there
      tools[].tool_search | | =---- | all tools are told at once
      tools[].name | | =++++ |
      tools[].description | | =++++ |
      tools[].parameters | | =++++ |
      tools[].strict | false | =++-+ | it has no such setting
      tools[].format | {"type":"text"} | =~~~~ | a grammar is only described to the model
      tools[].defer_loading | false | =---- | all tools are told at once
      tools[].allowed_callers | | =---- | the model is the only caller
      tools[].output_schema | | =---- | it has no such setting
      tool_choice | "auto" | =++++ |
      tool_choice (none) | | =+++- | it cannot be told not to call tools
      tool_choice (allowed_tools) | | =!!!! | offer only the tools that are allowed
      tool_choice (hosted) | | =!!!! | the tool runs at another provider
      parallel_tool_calls | true | =++-- | it cannot be told to call one tool at a time
      max_tool_calls | | =---- | it has no such setting
      text | {} | =++++ |
      text.format | {"type":"text"} | =++++ | the schema, in the provider's own place for it
      text.format (json_object) | | =+-+- | it knows only schemas
      text.verbosity | "medium" | =+--- | it has no such setting
      max_output_tokens | | =++++ |
      temperature | | =+-++ | the Messages API no longer has it
      top_p | | =+-++ | the Messages API no longer has it
      top_logprobs | 0 | =!!!! | it does not give probabilities in this form
      reasoning | {} | =++++ |
      reasoning.effort | | =++~+ | its levels are fewer: the nearest is taken
      reasoning.effort (minimal) | | =+~+~ | its lowest level is low
      reasoning.effort (none) | | =+++- | it cannot be told not to think
      reasoning.summary | | =--+- | it cannot be asked for summaries
      reasoning.generate_summary | | =---- | deprecated
      reasoning.context | "auto" | =---- | it has no such setting
      reasoning.mode | "standard" | =---- | it has no such setting
      include | [] | =---- | it has nothing to include
      previous_response_id | | =!!!! | the conversation is kept at another provider
      conversation | | =!!!! | the conversation is kept at another provider
      prompt | | =!!!! | the template is kept at another provider
      background | false | =!!!! | answers are given while the client waits
      moderation | | =!!!! | it does not give moderation results
      truncation | "disabled" | =---- | the policy says what is trimmed
      context_management | | =---- | the policy says what is trimmed
      stream | false | =++++ |
      stream_options | {} | =++++ |
      stream_options.include_obfuscation | false | =---- | our events are not padded
      metadata | {} | =+--+ | it takes no pairs of one's own
      client_metadata | | =---- | it takes no pairs of one's own
      store | false | =---- | nothing is kept to come back to
      service_tier | "auto" | =+--- | its tiers are others
      user | | =++-- | it takes no name of a user
      safety_identifier | | =++-- | it takes no name of a user
      prompt_cache_key | | =+--- | its cache needs no key
      prompt_cache_options | | =+--- | its cache has no such settings
      prompt_cache_retention | | =+--- | its cache has no such settings
      """;

  private static final String MESSAGES =
      """
      model | | ++=++ | as the provider names it
      messages | | ++=++ |
      messages[].content | | ++=++ |
      messages[].role (system) | | ++=~~ | it stands where it stood, as the user's words
      messages[].content[].text | | ++=++ |
      messages[].content[].text.citations | [] | --=-- | it has no such citations
      messages[].content[].image | | ++=++ | by value
      messages[].content[].image (by address) | | ++=!! | the provider takes images by value
      messages[].content[].image (by file) | | !!=!! | the file is at another provider
      messages[].content[].image.transformations | | --=-- | it has no such setting
      messages[].content[].document | | !!=!! | documents are not translated
      messages[].content[].search_result | | !!=!! | search results are not translated
      messages[].content[].thinking | | +-=-+ | only its own provider can check it
      messages[].content[].thinking (of others) | | --=-- | only its own provider can check it
      messages[].content[].redacted_thinking | | --=-+ | only its own provider can read it
      messages[].content[].tool_use | | ++=++ |
      messages[].content[].tool_use.caller | {"type":"direct"} | --=-- | only the model calls it
      messages[].content[].tool_result | | ++=++ |
      messages[].content[].tool_result (image) | | +~=~+ | it follows in a message of the user
      messages[].content[].tool_result.is_error | false | --=++ | the text of the result says it
      messages[].content[].cache_control | | --=-+ | it caches by itself or not at all
      system | | ++=++ |
      system[].text | | ++=++ |
      system[].cache_control | | --=-+ | it caches by itself or not at all
      system[].citations | [] | --=-- | it has no such citations
      tools | | ++=++ |
      tools[].name | | ++=++ |
      tools[].type | "custom" | !!=!! | the tool runs at another provider
      tools[].type (web_search) | | --=-- | the model cannot search there
      tools[].description | | ++=++ |
      tools[].input_schema | | ++=++ |
      tools[].strict | false | ++=-+ | it has no such setting
      tools[].cache_control | | --=-+ | it caches by itself or not at all
      tools[].input_examples | | --=-- | it has no such setting
      tools[].defer_loading | false | --=-- | all tools are told at once
      tools[].eager_input_streaming | | --=-- | it has no such setting
      tools[].allowed_callers | ["direct"] | --=-- | the model is the only caller
      tool_choice | {"type":"auto"} | ++=++ |
      tool_choice (none) | | ++=+- | it cannot be told not to call tools
      tool_choice.disable_parallel_tool_use | false | ++=-- | it calls as many tools as it likes
      max_tokens | | ++=++ |
      stop_sequences | [] | ~+=++ | it is cut there, and what the model writes after it is paid
      temperature | | -+=++ | models that think take none
      top_p | | -+=++ | models that think take none
      top_k | | --=+- | it has no such setting
      stream | false | ++=++ |
      thinking | | ++=++ |
      thinking (enabled) | | ~~=++ | the budget becomes the nearest effort
      thinking (adaptive) | | ~-=++ | without an effort it thinks with a medium one, or as usually
      thinking (disabled) | | +-=+- | it thinks as it usually does
      thinking (between_tools) | | --=-- | it thinks as it usually does
      thinking.display | "summarized" | --=-- | it has no such setting
      output_config | {} | ++=++ |
      output_config.effort | | ++=~+ | its levels are fewer: the nearest is taken
      output_config.effort (beside a budget) | | ++=-+ | the budget counts
      output_config.format | | ++=++ | the schema, in the provider's own place for it
      output_config.format (optional properties) | | ~~=++ | the schema is told and not enforced
      output_config.task_budget | | --=-- | it has no such setting
      output_format | | ++=++ | as output_config.format
      metadata | {} | ++=++ |
      metadata.user_id | | --=-- | a name of a user is not given to another vendor
      service_tier | "auto" | --=-- | its tiers are others
      speed | "standard" | --=-- | it has no such setting
      inference_geo | | !!=!! | it cannot be held to a place
      container | | !!=!! | the container is at another provider
      mcp_servers | [] | !!=!! | the servers are called by another provider
      context_management | | --=-- | the policy says what is trimmed
      cache_control | | --=-- | it caches by itself or not at all
      diagnostics | | --=-- | it has no such setting
      user_profile_id | | --=-- | the profile is at another provider
      workspace_id | | --=-- | the workspace is at another provider
      betas | [] | --=-- | they are another provider's
      """;

  private static final Map<Protocol, Map<String, Row>> ROWS =
      Map.of(
          Protocol.CHAT, rows(CHAT),
          Protocol.RESPONSES, rows(RESPONSES),
          Protocol.MESSAGES, rows(MESSAGES));

  private LossTable() {}

  /// The rows of a client dialect by their fields, in order.
  public static Map<String, Row> of(Protocol client) {
    return ROWS.getOrDefault(client, Map.of());
  }

  static @Nullable Row row(Protocol client, String field) {
    return of(client).get(field);
  }

  private static Map<String, Row> rows(String table) {
    var rows = new LinkedHashMap<String, Row>();
    table
        .lines()
        .map(LossTable::parsed)
        .forEach(row -> {
          if (rows.put(row.field(), row) != null) {
            throw new IllegalStateException(row.field() + " stands twice in the table");
          }
        });
    return rows;
  }

  private static Row parsed(String line) {
    var cells = line.split("\\|", -1);
    var signs = cells[2].strip();
    var fates = new EnumMap<Api, Fate>(Api.class);
    int column = 0;
    for (var provider : COLUMNS) {
      fates.put(provider, Fate.of(signs.charAt(column++)));
    }
    return new Row(cells[0].strip(), cells[1].strip(), fates, cells[3].strip());
  }
}
