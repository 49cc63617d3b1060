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
import java.util.List;

/// The body of an OpenAI Responses call. It is forwarded as it came, with these spans replaced: the
/// model name, an output cap, dropped turns, thoughts of other providers' models, and our own
/// metadata.
final class ResponsesBody implements Body {
  private static final List<String> OUTPUT_LIMITS = List.of("max_output_tokens");

  private final byte[] bytes;
  private final Seen seen;
  private final Layout layout;

  /// What has been read of the body.
  record Seen(Demand demand, Work work, Ties ties) {}

  /// Where the parts of it stand that may be changed.
  ///
  /// @param borrowed items of the conversation that no provider takes
  record Layout(
      Members members, OwnMetadata metadata, Conversation conversation, List<Part> borrowed) {
    Layout {
      borrowed = List.copyOf(borrowed);
    }
  }

  ResponsesBody(byte[] bytes, Seen seen, Layout layout) {
    this.bytes = bytes;
    this.seen = seen;
    this.layout = layout;
  }

  @Override
  public Demand demand() {
    return seen.demand();
  }

  @Override
  public Work work() {
    return seen.work();
  }

  @Override
  public Asked asked() {
    return new Asked(true, false, bytes.length);
  }

  @Override
  public Ties ties() {
    return seen.ties();
  }

  @Override
  public byte[] forProvider(Changes changes) {
    var edits = new ArrayList<Edit>(4);
    layout.members().rename(changes.model(), edits);
    if (changes.outputCap() != null) {
      layout.members().cap(changes.outputCap(), OUTPUT_LIMITS, edits);
    }
    var _ = layout.conversation().drop(changes.turnsTrimmed(), layout.borrowed(), edits);
    layout.metadata().cut(layout.members(), edits);
    return Edit.apply(bytes, edits);
  }
}
