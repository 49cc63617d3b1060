package io.faregate.dialect.translate.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.dialect.Answer;
import io.faregate.dialect.ReportedUsage;
import io.faregate.money.Service;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model's whole answer, whatever the dialect.
///
/// @param id as the provider names it; empty if it does not
/// @param model as the provider names it; empty if it does not
/// @param stopText the text at which it was told to stop and did, or null
/// @param spent what it used
public record Reply(
    String id,
    String model,
    List<Said> content,
    Stop stop,
    @Nullable String stopText,
    Spent spent) {
  public Reply {
    content = List.copyOf(content);
  }

  /// What is known of it besides its content.
  public Answer answer() {
    return new Answer(
        Optional.ofNullable(spent.usage()),
        spent.contradicts(),
        model.isEmpty() ? null : model,
        spent.service(),
        content.stream().mapToLong(Reply::textBytes).sum(),
        0,
        true,
        null);
  }

  private static long textBytes(Said part) {
    var text =
        switch (part) {
          case Said.Text said -> said.text();
          case Said.Thought thought -> thought.text();
          case Said.Call call -> call.arguments();
        };
    return text.getBytes(UTF_8).length;
  }

  /// What an answer used.
  ///
  /// @param usage null, which is not zero, if it does not say, or not in a way that can be
  /// @param contradicts whether it said something that cannot be
  /// @param service how it was served
  public record Spent(@Nullable ReportedUsage usage, boolean contradicts, Service service) {
    /// Nothing was said.
    public static final Spent UNSAID = new Spent(null, false, Service.USUAL);
  }
}
