package io.faregate.dialect.translate.loss;

import static java.util.stream.Collectors.joining;

import io.faregate.Golden;
import io.faregate.call.Api;
import io.faregate.call.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the page of what is translated against the table that is obeyed. `-Dgolden.write` writes
/// it into its frame.
class TranslationPageTest {
  private static final Path FRAME = Path.of("src/test/golden/translate/page.md");

  @Test
  void pageSaysWhatTheTableSays() throws IOException {
    var clients = Stream.of(Protocol.CHAT, Protocol.RESPONSES, Protocol.MESSAGES).toList();
    var ways = clients.stream().map(TranslationPageTest::way).collect(joining("\n"));
    var tables = clients.stream().map(TranslationPageTest::table).collect(joining("\n"));
    var page = Files.readString(FRAME).replace("@ways", ways).replace("@tables", tables);
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
