package io.faregate.cli.report;

import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;

/// What a report of several tables is written on: a screen, or a page of Markdown.
record Paper(Terminal terminal, boolean markdown) {

  /// The first line.
  void title(String text) {
    terminal.data(markdown ? "**" + text + "**" : terminal.bold(text));
  }

  /// A table under its heading; nothing when it has no rows.
  void table(String heading, Table table) {
    if (table.isEmpty()) {
      return;
    }
    terminal.data("");
    if (!heading.isEmpty()) {
      terminal.data(markdown ? "**" + heading + "**" : terminal.bold(heading));
      if (markdown) {
        terminal.data("");
      }
    }
    if (markdown) {
      table.printMarkdown(terminal);
    } else {
      table.print(terminal);
    }
  }

  /// Sentences under a heading; nothing when there are none.
  void list(String heading, Iterable<String> sentences) {
    if (!sentences.iterator().hasNext()) {
      return;
    }
    terminal.data("");
    terminal.data(markdown ? "**" + heading + "**" : terminal.bold(heading));
    if (markdown) {
      terminal.data("");
    }
    sentences.forEach(sentence -> terminal.data("- " + Terminal.plain(sentence)));
  }
}
