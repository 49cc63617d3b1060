package io.faregate.dialect.body;

import io.faregate.call.Named;
import io.faregate.call.Source;
import io.faregate.call.Work;
import io.faregate.dialect.Cursor;
import io.faregate.dialect.Edit;
import io.faregate.dialect.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pairs of OpenAI's `metadata` that say what a call is for: they are read here and go no
/// further. The client's own pairs go on, and are tags of the call here. Source: CLIENTS §2, §8.
public final class OwnMetadata {
  private static final String PREFIX = "faregate_";

  private final Map<String, String> named = new HashMap<>();
  private final Tags tags = new Tags();
  private final List<Part> all = new ArrayList<>();
  private final List<Part> own = new ArrayList<>();

  /// Reads the value of the `metadata` member that the cursor is at.
  public void read(Cursor cursor) {
    if (!cursor.atObject()) {
      return;
    }
    cursor.members(name -> {
      int from = cursor.nameStart();
      int start = cursor.start();
      if (name.startsWith(PREFIX)) {
        named.put(name.substring(PREFIX.length()), cursor.string());
      } else if (cursor.atString()) {
        tags.add(name, cursor.string());
      }
      cursor.skip();
      var part = new Part(name, from, start, cursor.end());
      all.add(part);
      if (name.startsWith(PREFIX)) {
        own.add(part);
      }
    });
  }

  /// What the call is for, as far as the body says.
  ///
  /// @param model the model name as sent
  public Work work(String model, @Nullable String user, @Nullable String session) {
    return new Work(
        named("task"),
        named("workflow"),
        named("step"),
        named("plan"),
        model,
        named.get("action"),
        named.get("justification"),
        user == null || user.isEmpty() ? null : user,
        session == null || session.isEmpty() ? null : session,
        tags.text());
  }

  /// Cuts our own pairs out, and a `metadata` that would be left empty.
  public void cut(Members members, List<Edit> edits) {
    if (own.isEmpty()) {
      return;
    }
    var metadata = members.named("metadata");
    edits.addAll(
        metadata != null && own.size() == all.size()
            ? Edit.removeAll(members.all(), List.of(metadata))
            : Edit.removeAll(all, own));
  }

  private @Nullable Named named(String what) {
    var name = named.get(what);
    return name == null ? null : new Named(name, Source.METADATA);
  }
}
