package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.faregate.call.Demand;
import io.faregate.call.Work;
import io.faregate.dialect.Body;
import io.faregate.dialect.Edit;
import io.faregate.dialect.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/// The body of an OpenAI Chat call. It is forwarded as it came, with these spans replaced: the
/// model name, `stream_options.include_usage`, an output cap, dropped turns, and our own metadata.
final class ChatBody implements Body {
  private static final String INCLUDE_USAGE = "\"include_usage\":true";
  private static final String STREAM_OPTIONS = ",\"stream_options\":{" + INCLUDE_USAGE + "}";

  private final byte[] bytes;
  private final Demand demand;
  private final Work work;
  private final Layout layout;
  private final Conversation conversation;

  /// Where the parts of the body stand that may be changed.
  ///
  /// @param members every member of the body
  /// @param usageFlag value of `include_usage`, or null
  /// @param options the object `stream_options`, or null
  /// @param ownMetadata our own pairs of `metadata`
  /// @param end where the body's last brace stands
  record Layout(
      List<Part> members,
      @Nullable Part usageFlag,
      @Nullable Part options,
      boolean usageAsked,
      List<Part> metadata,
      List<Part> ownMetadata,
      int end) {
    @Nullable Part member(String name) {
      for (var member : members) {
        if (member.name().equals(name)) {
          return member;
        }
      }
      return null;
    }
  }

  ChatBody(byte[] bytes, Demand demand, Work work, Layout layout, Conversation conversation) {
    this.bytes = bytes;
    this.demand = demand;
    this.work = work;
    this.layout = layout;
    this.conversation = conversation;
  }

  @Override
  public Demand demand() {
    return demand;
  }

  @Override
  public Work work() {
    return work;
  }

  @Override
  public boolean usageAsked() {
    return layout.usageAsked();
  }

  @Override
  public byte[] forProvider(Changes changes) {
    var edits = new ArrayList<Edit>(4);
    var model = layout.member("model");
    if (model != null) {
      edits.add(new Edit(model.value(), model.to(), quoted(changes.model())));
    }
    if (demand.streamed() && !layout.usageAsked()) {
      edits.add(askForUsage());
    }
    if (changes.outputCap() != null) {
      capOutput(changes.outputCap(), edits);
    }
    if (changes.turnsTrimmed() > 0) {
      edits.addAll(
          Edit.removeAll(conversation.parts(), conversation.parts(changes.turnsTrimmed())));
    }
    edits.addAll(withoutOwnMetadata());
    return Edit.apply(bytes, edits);
  }

  private Edit askForUsage() {
    var flag = layout.usageFlag();
    if (flag != null) {
      return new Edit(flag.value(), flag.to(), "true");
    }
    var options = layout.options();
    if (options == null) {
      var absent = layout.member("stream_options");
      return absent == null
          ? Edit.insert(layout.end(), STREAM_OPTIONS)
          : new Edit(absent.value(), absent.to(), "{" + INCLUDE_USAGE + "}");
    }
    var empty = emptyObject(options);
    return Edit.insert(options.value() + 1, empty ? INCLUDE_USAGE : INCLUDE_USAGE + ",");
  }

  private boolean emptyObject(Part object) {
    for (int i = object.value() + 1; i < object.to() - 1; i++) {
      if (bytes[i] > ' ') {
        return false;
      }
    }
    return true;
  }

  private void capOutput(long cap, List<Edit> edits) {
    var number = Long.toString(cap);
    var stated = false;
    for (var name : List.of("max_completion_tokens", "max_tokens")) {
      var limit = layout.member(name);
      stated |= limit != null;
      if (limit != null && isOver(limit, cap)) {
        edits.add(new Edit(limit.value(), limit.to(), number));
      }
    }
    if (!stated) {
      edits.add(Edit.insert(layout.end(), ",\"max_completion_tokens\":" + number));
    }
  }

  /// Whether a stated limit is higher than the cap, as `null` is.
  private boolean isOver(Part limit, long cap) {
    var stated = new String(bytes, limit.value(), limit.to() - limit.value(), US_ASCII);
    return stated.equals("null") || Double.parseDouble(stated) > cap;
  }

  private List<Edit> withoutOwnMetadata() {
    if (layout.ownMetadata().isEmpty()) {
      return List.of();
    }
    var metadata = layout.member("metadata");
    return metadata != null && layout.ownMetadata().size() == layout.metadata().size()
        ? Edit.removeAll(layout.members(), List.of(metadata))
        : Edit.removeAll(layout.metadata(), layout.ownMetadata());
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + "\"";
  }
}
