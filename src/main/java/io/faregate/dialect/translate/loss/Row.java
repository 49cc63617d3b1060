package io.faregate.dialect.translate.loss;

import io.faregate.call.Api;
import java.util.Map;

/// What becomes of one field of a client dialect.
///
/// @param field its path, with `[]` for the elements of a list; what stands in parentheses narrows
///   it to a value
/// @param quiet the value, in JSON, that asks for nothing: it is neither carried nor told of; empty
///   if there is none
/// @param fates by kind of provider
/// @param why the reason, or how it is carried; empty where the names tell
public record Row(String field, String quiet, Map<Api, Fate> fates, String why) {
  public Row {
    fates = Map.copyOf(fates);
  }

  /// What becomes of it at that kind of provider.
  public Fate fate(Api provider) {
    return fates.getOrDefault(provider, Fate.SAME);
  }
}
