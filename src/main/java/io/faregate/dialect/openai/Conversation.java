package io.faregate.dialect.openai;

import io.faregate.call.Segments;
import io.faregate.dialect.Part;
import java.util.ArrayList;
import java.util.List;

/// The messages of a body by turn. A turn is a user message and all before the next one; the last
/// turn, system messages and tools are never dropped, the others are the history.
///
/// Documents are messages and content parts named `documents`, and what stands in a `<documents>`
/// element of a text; those of earlier turns belong to the history. A user message so named is no
/// turn of its own: it belongs to the question before or after it.
final class Conversation {
  private final List<Message> messages;
  private final List<List<Message>> earlier = new ArrayList<>();
  private final Segments bytes;

  /// @param toolBytes bytes of tool schemas and of the schema of the answer
  Conversation(List<Message> messages, long toolBytes) {
    this.messages = messages;
    this.bytes = measure(split(), toolBytes);
  }

  /// Bytes of text by segment.
  Segments bytes() {
    return bytes;
  }

  /// Bytes of each earlier turn, oldest first.
  List<Long> turnBytes() {
    return earlier.stream().map(Conversation::textBytes).toList();
  }

  /// The messages that go when the oldest turns are dropped.
  List<Part> parts(int turns) {
    return earlier.subList(0, turns).stream()
        .flatMap(turn -> turn.stream().map(Message::part))
        .toList();
  }

  /// Every message.
  List<Part> parts() {
    return messages.stream().map(Message::part).toList();
  }

  /// Gathers the earlier turns; returns where the last one begins.
  private int split() {
    int last = 0;
    List<Message> turn = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      if (message.system()) {
        continue;
      }
      if (!turn.isEmpty() && begins(message, turn)) {
        earlier.add(turn);
        turn = new ArrayList<>();
        last = i;
      }
      turn.add(message);
    }
    return last;
  }

  /// Whether a message begins another turn than the one so far.
  private static boolean begins(Message message, List<Message> turn) {
    if (!message.user()) {
      return false;
    }
    return message.userDocuments()
        ? !turn.getLast().user()
        : !turn.stream().allMatch(Message::userDocuments);
  }

  private Segments measure(int last, long toolBytes) {
    long system = 0;
    long user = 0;
    long documents = 0;
    long results = 0;
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      if (message.system()) {
        system += message.textBytes() - message.documents();
        documents += message.documents();
      } else if (i >= last && message.toolResult()) {
        results += message.textBytes();
      } else if (i >= last) {
        user += message.textBytes() - message.documents();
        documents += message.documents();
      }
    }
    long history = earlier.stream().mapToLong(Conversation::textBytes).sum();
    return new Segments(system, user, documents, history, toolBytes, results);
  }

  private static long textBytes(List<Message> turn) {
    return turn.stream().mapToLong(Message::textBytes).sum();
  }
}
