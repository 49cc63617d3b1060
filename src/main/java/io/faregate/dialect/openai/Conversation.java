package io.faregate.dialect.openai;

import io.faregate.call.Segments;
import io.faregate.dialect.Part;
import java.util.ArrayList;
import java.util.List;

/// The messages of a body by turn. A turn is a user message and all before the next one; the last
/// turn, system messages and tools are never dropped, the others are the history.
///
/// Documents are messages and content parts named `documents`, and what stands in a `<documents>`
/// element of a text; those of earlier turns belong to the history.
final class Conversation {
  private final List<Message> messages;
  private final List<List<Message>> earlier = new ArrayList<>();
  private final Segments bytes;

  /// @param toolBytes bytes of tool schemas and of the schema of the answer
  Conversation(List<Message> messages, long toolBytes) {
    this.messages = messages;
    int last = lastUser();
    splitEarlier(last);
    this.bytes = measure(last, toolBytes);
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

  private int lastUser() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).user()) {
        return i;
      }
    }
    return 0;
  }

  private void splitEarlier(int last) {
    List<Message> turn = new ArrayList<>();
    for (var message : messages.subList(0, last)) {
      if (message.user() && !turn.isEmpty()) {
        earlier.add(turn);
        turn = new ArrayList<>();
      }
      if (!message.system()) {
        turn.add(message);
      }
    }
    if (!turn.isEmpty()) {
      earlier.add(turn);
    }
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
