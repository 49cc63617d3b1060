package io.faregate.dialect.anthropic;

import io.faregate.call.Demand;
import io.faregate.call.Work;
import io.faregate.dialect.Asked;
import io.faregate.dialect.Body;
import io.faregate.dialect.Edit;
import io.faregate.dialect.body.Conversation;
import io.faregate.dialect.body.Members;
import java.util.ArrayList;
import java.util.List;

/// The body of an Anthropic Messages call. It is forwarded as it came, with these spans replaced:
/// the model name, an output cap, dropped turns, and thoughts that Anthropic has not signed.
final class MessagesBody implements Body {
  private static final List<String> OUTPUT_LIMITS = List.of("max_tokens");

  private final byte[] bytes;
  private final Seen seen;
  private final Layout layout;

  /// What has been read of the body.
  record Seen(Demand demand, Work work, Asked asked) {}

  /// Where the parts of it stand that may be changed.
  record Layout(Members members, Conversation conversation, UnsignedThoughts unsigned) {}

  MessagesBody(byte[] bytes, Seen seen, Layout layout) {
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
    return seen.asked();
  }

  @Override
  public byte[] forProvider(Changes changes) {
    var edits = edits(changes);
    var unsigned = layout.unsigned();
    var dropped = layout.conversation().drop(changes.turnsTrimmed(), unsigned.messages(), edits);
    unsigned.cut(dropped, edits);
    return Edit.apply(bytes, edits);
  }

  /// The provider of another dialect may be the one that can read such thoughts.
  @Override
  public byte[] forTranslation(Changes changes) {
    var edits = edits(changes);
    layout.conversation().trim(changes.turnsTrimmed(), edits);
    return Edit.apply(bytes, edits);
  }

  private List<Edit> edits(Changes changes) {
    var edits = new ArrayList<Edit>(4);
    layout.members().rename(changes.model(), edits);
    if (changes.outputCap() != null) {
      layout.members().cap(changes.outputCap(), OUTPUT_LIMITS, edits);
    }
    return edits;
  }
}
