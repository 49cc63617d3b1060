package io.faregate.dialect.openai;

import io.faregate.call.Demand;
import io.faregate.call.Work;
import io.faregate.dialect.Asked;
import io.faregate.dialect.Body;
import io.faregate.dialect.Edit;
import io.faregate.dialect.Part;
import io.faregate.dialect.body.Conversation;
import io.faregate.dialect.body.Members;
import io.faregate.dialect.body.OwnMetadata;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

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
  record Layout(
      Members members,
      @Nullable Part usageFlag,
      @Nullable Part options,
      boolean usageAsked,
      OwnMetadata metadata) {}

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
  public Asked asked() {
    return new Asked(layout.usageAsked(), false, bytes.length);
  }

  @Override
  public byte[] forProvider(Changes changes) {
    var edits = new ArrayList<Edit>(4);
    layout.members().rename(changes.model(), edits);
    if (demand.streamed() && !layout.usageAsked()) {
      edits.add(askForUsage());
    }
    if (changes.outputCap() != null) {
      layout.members().cap(changes.outputCap(), OutputLimit.names(changes.model()), edits);
    }
    conversation.trim(changes.turnsTrimmed(), edits);
    layout.metadata().cut(layout.members(), edits);
    return Edit.apply(bytes, edits);
  }

  private Edit askForUsage() {
    var flag = layout.usageFlag();
    if (flag != null) {
      return new Edit(flag.value(), flag.to(), "true");
    }
    var options = layout.options();
    if (options == null) {
      var absent = layout.members().named("stream_options");
      return absent == null
          ? Edit.insert(layout.members().end(), STREAM_OPTIONS)
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
}
