package io.faregate.dialect.anthropic;

import io.faregate.dialect.Edit;
import io.faregate.dialect.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The thoughts in a body that Anthropic has not signed: those of models elsewhere, which its
/// client was shown in translated messages, without a signature or sealed. Anthropic refuses a call
/// that holds one, so they are cut out.
final class UnsignedThoughts {
  private final List<Speech> speeches = new ArrayList<>(0);

  /// A message with such thoughts.
  private record Speech(Part message, List<Part> blocks, List<Part> thoughts) {}

  /// Notes a message.
  ///
  /// @param blocks all that it holds, in order
  /// @param thoughts those of them that Anthropic has not signed
  void add(Part message, List<Part> blocks, List<Part> thoughts) {
    speeches.add(new Speech(message, List.copyOf(blocks), List.copyOf(thoughts)));
  }

  /// The messages that hold nothing else. Anthropic takes none that is empty, and two of the user
  /// in a row for one.
  List<Part> messages() {
    return speeches.stream()
        .filter(speech -> speech.blocks().equals(speech.thoughts()))
        .map(Speech::message)
        .toList();
  }

  /// Cuts the thoughts out of the messages that are kept.
  ///
  /// @param dropped messages that are not
  void cut(Set<Part> dropped, List<Edit> edits) {
    for (var speech : speeches) {
      if (!dropped.contains(speech.message())) {
        edits.addAll(Edit.removeAll(speech.blocks(), speech.thoughts()));
      }
    }
  }
}
