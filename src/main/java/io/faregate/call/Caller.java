package io.faregate.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who asks, as the key says: nothing in here comes from the client. `plan` is null when the key
/// leaves it to the policy; `planFromRequest` lets the call name it; `models`, if not empty, are
/// the only ones it may be served by.
public record Caller(
    String key,
    @Nullable String workflow,
    @Nullable String plan,
    boolean planFromRequest,
    @Nullable String task,
    boolean pinsAllowed,
    List<ModelId> models) {
  /// The caller of a gateway without keys: everyone on this machine counts as one key.
  public static final Caller IMPLICIT = new Caller("none", null, null, true, null, true, List.of());

  public Caller {
    models = List.copyOf(models);
  }
}
