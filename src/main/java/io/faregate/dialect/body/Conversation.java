package io.faregate.dialect.body;

import io.faregate.call.Segments;
import io.faregate.dialect.Edit;
import io.faregate.dialect.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/// The messages of a body by turn. A turn is a user message and all before the next one; the last
/// turn, system messages and tools are never dropped, the others are the history.
///
/// Documents are messages and content parts named `documents`, and what stands in a `<documents>`
/// element of a text; those of earlier turns belong to the history. A user message so named is no
/// turn of its own: it belongs to the question before or after it.
public final class Conversation {
  private final List<Message> messages;
  private final List<List<Message>> earlier = new ArrayList<>();
  private final Segments bytes;

  /// @param systemBytes bytes of instructions beside the messages
  /// @param toolBytes bytes of tool schemas and of the schema of the answer
  public Conversation(List<Message> messages, long systemBytes, long toolBytes) {
    this.messages = messages;
    this.bytes = measure(split(), systemBytes, toolBytes);
  }

  /// Bytes of text by segment.
  public Segments bytes() {
    return bytes;
  }

  /// Bytes of each earlier turn, oldest first.
  public List<Long> turnBytes() {
    var turns = new ArrayList<Long>(earlier.size());
    for (var turn : earlier) {
      turns.add(textBytes(turn));
    }
    return turns;
  }

  /// Drops the oldest turns.
  public void trim(int turns, List<Edit> edits) {
    if (turns > 0) {
      var _ = drop(turns, List.of(), edits);
    }
  }

  /// Drops the oldest turns, and other messages besides.
  ///
  /// @return all that are dropped
  public Set<Part> drop(int turns, List<Part> others, List<Edit> edits) {
    var dropped = new HashSet<>(others);
    dropped.addAll(parts(turns));
    if (!dropped.isEmpty()) {
      edits.addAll(Edit.removeAll(messages.stream().map(Message::part).toList(), dropped));
    }
    return dropped;
  }

  /// Bytes that are images, audio or files by value.
  public long mediaBytes() {
    return sum(messages, Message::mediaBytes);
  }

  /// How many images, sounds and files there are.
  public long media() {
    return sum(messages, Message::media);
  }

  private List<Part> parts(int turns) {
    return earlier.subList(0, turns).stream()
        .flatMap(turn -> turn.stream().map(Message::part))
        .toList();
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

  private Segments measure(int last, long systemBytes, long toolBytes) {
    long system = systemBytes;
    long user = 0;
    long documents = 0;
    long results = 0;
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      if (message.system()) {
        system += message.textBytes() - message.documentBytes();
        documents += message.documentBytes();
      } else if (i >= last) {
        user += message.textBytes() - message.documentBytes() - message.resultBytes();
        documents += message.documentBytes();
        results += message.resultBytes();
      }
    }
    long history = 0;
    for (var turn : earlier) {
      history += textBytes(turn);
    }
    return new Segments(system, user, documents, history, toolBytes, results);
  }

  private static long textBytes(List<Message> turn) {
    return sum(turn, Message::textBytes);
  }

  /// As a stream would do it, but every call comes by here several times.
  private static long sum(List<Message> messages, ToLongFunction<Message> part) {
    long sum = 0;
    for (var message : messages) {
      sum += part.applyAsLong(message);
    }
    return sum;
  }
}
