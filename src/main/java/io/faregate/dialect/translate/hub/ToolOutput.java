package io.faregate.dialect.translate.hub;

import java.util.List;

/// What a tool gave back.
///
/// @param id of the call
/// @param content texts and images
/// @param failed whether the tool failed
public record ToolOutput(String id, List<Content> content, boolean failed) {
  public ToolOutput {
    content = List.copyOf(content);
  }

  /// Its texts, one after the other, a line feed in between.
  public String text() {
    return String.join(
        "\n",
        content.stream()
            .filter(Content.Text.class::isInstance)
            .map(part -> ((Content.Text) part).text())
            .toList());
  }

  /// Its images.
  public List<Content> images() {
    return content.stream().filter(part -> !(part instanceof Content.Text)).toList();
  }
}
