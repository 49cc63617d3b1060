package io.faregate.dialect.openai;

import io.faregate.call.Capability;
import io.faregate.dialect.Cursor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the tools that a Responses body offers, in its `tools` or in an item of its input.
final class OfferedTools {
  /// Tools that run at the client; all others run at the provider, for a fee and with input of
  /// their own.
  private static final Set<String> AT_CLIENT =
      Set.of("function", "custom", "local_shell", "apply_patch", "namespace", "tool_search");

  private final Cursor cursor;
  private final Set<Capability> needs;
  private @Nullable String hosted;

  /// @param needs collects what a model must be able to take
  OfferedTools(Cursor cursor, Set<Capability> needs) {
    this.cursor = cursor;
    this.needs = needs;
  }

  /// Reads the array that the cursor is at; anything else is passed over.
  void read() {
    if (cursor.atArray()) {
      cursor.elements(this::tool);
    } else {
      cursor.skip();
    }
  }

  /// Why the cost of the call has no bound, or null if all tools run at the client.
  @Nullable String unbounded() {
    return hosted == null
        ? null
        : hosted + " runs at the provider, with fees and input that nobody can bound";
  }

  private void tool() {
    needs.add(Capability.TOOLS);
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      if (name.equals("type")) {
        var type = cursor.string();
        hosted = AT_CLIENT.contains(type) ? hosted : type;
      } else {
        cursor.skip();
      }
    });
  }
}
