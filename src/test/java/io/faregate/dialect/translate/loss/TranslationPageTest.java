package io.faregate.dialect.translate.loss;

import static java.util.stream.Collectors.joining;

import io.faregate.Golden;
import io.faregate.call.Api;
import io.faregate.call.Protocol;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the page of what is translated against the table that is obeyed. `-Dgolden.write` writes
/// it.
class TranslationPageTest {
  private static final String PAGE =
      """
      # What is translated

      Where a client and the provider of its model speak the same dialect, bodies and streams pass byte for byte. Where they
      do not, the call is translated in the gateway, the answer back, streamed or whole:

      | client | `openai` | `openai_chat` | `anthropic` | `gemini` | `bedrock` |
      | --- | --- | --- | --- | --- | --- |
      %s

      `openai_chat` is for servers that speak like OpenAI but have no Responses, so that Codex can use them. Embeddings are
      never translated, since vectors of two models do not mix.

      ```yaml
      providers:
        google:   { api: gemini, key: "${GEMINI_API_KEY}" }
        amazon:   { api: bedrock, region: eu-west-1, key: "${AWS_ACCESS_KEY_ID}:${AWS_SECRET_ACCESS_KEY}" }
        deepseek: { api: openai_chat, key: "${DEEPSEEK_API_KEY}" }
      ```

      A key of AWS signs (Signature Version 4); write its session token behind a second colon, best in a file that is
      renewed: `key: "file:bedrock-key"`. A Bedrock API key stands alone. Without `region` the one in `url` counts, else
      `us-east-1`.

      ## What becomes of each field

      - **carried**: it reaches the provider.
      - **changed**: it reaches the provider as something near. The answer has a header `x-faregate-warning`.
      - **dropped**: it only tunes the answer, and the provider has nothing like it. The answer has a header
        `x-faregate-warning` that names it.
      - **refused**: the client reads in the answer what this provider does not give, or relies on what it does not do. The
        model is passed over before anything is sent, with the reason `unsupported`; if no other model can take the call,
        the answer is 400 `faregate_unsupported` and names the field.

      A field that is not in these tables is dropped with a warning. `null` says nothing, and neither does the value in the
      second column. A field in parentheses is about a value. `openai` counts like `openai_chat` where it is translated to.

      %s
      ## What comes back

      - **Text, thoughts and calls of tools**, in order; calls that come by turns keep their places. Thoughts are
        `reasoning_content` in Chat, a summary in Responses, and `thinking` in Messages if it was asked for; only thoughts
        of Anthropic's models, direct or at Bedrock, have signatures to send back. Where a provider gives a call no id, it
        gets one that begins with `call_fg_`. Citations, probabilities and images that a model makes have no place there.
      - **Why it ends**:

        | | Chat | Responses | Messages |
        | --- | --- | --- | --- |
        | it is done | `stop` | `completed` | `end_turn` |
        | a stop text | `stop` | `completed` | `stop_sequence` |
        | the output limit | `length` | `incomplete`, `max_output_tokens` | `max_tokens` |
        | the end of the window | `length` | `incomplete`, `max_output_tokens` | `model_context_window_exceeded` |
        | it calls tools | `tool_calls` | `completed` | `tool_use` |
        | it, or a filter, refuses | `content_filter` | `incomplete`, `content_filter` | `refusal` |

      - **Usage** is what the provider reports, put into disjoint kinds for the bill and kept as reported; the client reads
        it as its dialect counts: cached tokens inside the input in Chat and Responses, beside it in Messages. In Messages
        the first event of a stream has zeros where the provider tells its usage at the end; clients take the last value.
      - **Errors** keep the provider's words and `retry-after`; status and type are those of the client's dialect.
      - **A stream that breaks off** ends with one error of the client's dialect and a broken connection, never as if it
        were whole. An event may have 16 MiB, a translated answer 32 MiB. Frames of Bedrock whose checksums are wrong break
        the stream off.
      """;

  @Test
  void pageSaysWhatTheTableSays() {
    var clients = Stream.of(Protocol.CHAT, Protocol.RESPONSES, Protocol.MESSAGES).toList();
    var page =
        PAGE.formatted(
            clients.stream().map(TranslationPageTest::way).collect(joining("\n")),
            clients.stream().map(TranslationPageTest::table).collect(joining("\n")));
    Golden.check(Path.of("docs/translation.md"), page);
  }

  private static String way(Protocol client) {
    var ways =
        Stream.of(Api.OPENAI, Api.OPENAI_CHAT, Api.ANTHROPIC, Api.GEMINI, Api.BEDROCK)
            .map(api -> api.speaks(client) ? "as it is" : "translated")
            .collect(joining(" | "));
    return "| %s | %s |".formatted(name(client), ways);
  }

  private static String table(Protocol client) {
    var columns = LossTable.COLUMNS.stream().filter(api -> !api.speaks(client)).toList();
    var text = new StringBuilder("### From " + name(client) + "\n\n");
    text.append("| field | says nothing |");
    columns.forEach(api -> text.append(" `").append(api.word()).append("` |"));
    text.append(" |\n| --- | --- |").append(" --- |".repeat(columns.size() + 1)).append('\n');
    for (var row : LossTable.of(client).values()) {
      text.append("| `").append(row.field()).append("` | ");
      text.append(row.quiet().isEmpty() ? "" : "`" + row.quiet() + "`").append(" |");
      columns.forEach(api -> text.append(' ').append(row.fate(api).word()).append(" |"));
      text.append(' ').append(row.why()).append(" |\n");
    }
    return text.toString();
  }

  private static String name(Protocol client) {
    return switch (client) {
      case CHAT -> "OpenAI Chat";
      case RESPONSES -> "OpenAI Responses";
      case MESSAGES -> "Anthropic Messages";
      case EMBEDDINGS -> "OpenAI Embeddings";
    };
  }
}
