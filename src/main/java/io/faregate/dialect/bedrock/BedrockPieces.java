package io.faregate.dialect.bedrock;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;
import software.amazon.awssdk.eventstream.MessageDecoder;
import tools.jackson.databind.node.ObjectNode;

/// The stream of a Converse answer, in binary frames with checksums. The reason why it ends comes
/// before its usage, with which it is complete.
final class BedrockPieces implements ProviderSide.PieceReader {
  private static final HeaderValue NONE = HeaderValue.fromString("");

  /// The decoder itself stops at 24 MiB.
  private static final int MAX_PAYLOAD = 16 * 1024 * 1024;

  private final MessageDecoder frames = new MessageDecoder(this::frame);
  private final BedrockUsage usage = new BedrockUsage();
  private final List<Piece> pieces = new ArrayList<>();

  /// The calls of tools by the index of their block.
  private final Map<Long, Integer> calls = new HashMap<>();

  private int begun;
  private boolean started;
  private boolean over;
  private @Nullable String stop;

  @Override
  public List<Piece> read(byte[] bytes) {
    if (over) {
      return List.of();
    }
    try {
      frames.feed(bytes);
    } catch (DialectException ours) {
      throw ours;
    } catch (RuntimeException broken) {
      // The decoder tells a broken frame by whatever its buffers throw. One behind the end is no
      // part of the answer.
      if (!over) {
        throw new DialectException("a frame of the stream is broken", broken);
      }
    }
    var said = List.copyOf(pieces);
    pieces.clear();
    return said;
  }

  @Override
  public Reply.Spent spent() {
    return usage.spent();
  }

  private void frame(Message frame) {
    if (over) {
      return;
    }
    if (frame.getPayload().length > MAX_PAYLOAD) {
      throw new DialectException("an event of the stream is larger than 16 MiB", (String) null);
    }
    var payload = frame.getPayload().length == 0 ? Tree.object() : Tree.parse(frame.getPayload());
    switch (header(frame, ":message-type")) {
      case "event" -> event(header(frame, ":event-type"), payload);
      case "exception" ->
          say(
              new Piece.Failed(
                  BedrockProvider.trouble(0, header(frame, ":exception-type"), payload)));
      default ->
          say(
              new Piece.Failed(
                  Trouble.midStream(Trouble.Kind.SERVER, header(frame, ":error-message"))));
    }
  }

  private void event(String type, ObjectNode event) {
    switch (type) {
      case "messageStart" -> {
        if (started) {
          throw new DialectException("the message starts twice", (String) null);
        }
        say(new Piece.Started("", "", null));
      }
      case "contentBlockStart" -> blockStart(event);
      case "contentBlockDelta" -> delta(event);
      case "contentBlockStop" -> {
        var call = calls.remove(index(event));
        if (call != null) {
          say(new Piece.ToolEnded(call));
        }
      }
      case "messageStop" -> stop = Tree.string(event, "stopReason");
      case "metadata" -> end(event);
      default -> {
        // Events that later versions may add say nothing.
      }
    }
  }

  private void blockStart(ObjectNode event) {
    var call = Tree.object(event, "start").path("toolUse");
    if (call.isObject()) {
      calls.put(index(event), begun);
      say(
          new Piece.ToolStarted(
              begun++, Tree.string(call, "toolUseId"), Tree.string(call, "name")));
    }
  }

  private void delta(ObjectNode event) {
    var delta = Tree.object(event, "delta");
    var text = Tree.string(delta, "text");
    if (!text.isEmpty()) {
      say(new Piece.Text(text));
    }
    var json = Tree.string(Tree.object(delta, "toolUse"), "input");
    var call = calls.get(index(event));
    if (call != null && !json.isEmpty()) {
      say(new Piece.Arguments(call, json));
    }
    thought(Tree.object(delta, "reasoningContent"));
  }

  private void thought(ObjectNode thought) {
    var text = Tree.string(thought, "text");
    if (!text.isEmpty()) {
      say(new Piece.Thought(text));
    }
    var signature = Tree.string(thought, "signature");
    if (!signature.isEmpty()) {
      say(new Piece.Signed(signature));
    }
    var sealed = Tree.string(thought, "redactedContent");
    if (!sealed.isEmpty()) {
      say(new Piece.SealedThought(sealed));
    }
  }

  private void end(ObjectNode event) {
    usage.read(event);
    if (stop == null) {
      return;
    }
    var why = BedrockProvider.stop(stop);
    say(
        why == null
            ? new Piece.Failed(
                Trouble.midStream(Trouble.Kind.SERVER, "the model broke off its answer"))
            : new Piece.Ended(why, null, spent().usage()));
  }

  private void say(Piece piece) {
    started |= piece instanceof Piece.Started;
    if (!started && !(piece instanceof Piece.Failed)) {
      throw new DialectException("the stream does not begin with its beginning", (String) null);
    }
    pieces.add(piece);
    over = piece instanceof Piece.Ended || piece instanceof Piece.Failed;
  }

  private static String header(Message frame, String name) {
    return frame.getHeaders().getOrDefault(name, NONE).getString();
  }

  private static long index(ObjectNode event) {
    return event.path("contentBlockIndex").asLong(-1);
  }
}
