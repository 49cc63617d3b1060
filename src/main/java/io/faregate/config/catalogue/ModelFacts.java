package io.faregate.config.catalogue;

import io.faregate.call.Capability;
import io.faregate.call.ModelId;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.policy.Model;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what is known of a model besides its price.
public final class ModelFacts {
  private static final List<String> CAPABILITIES =
      Arrays.stream(Capability.values()).map(Capability::word).toList();

  private ModelFacts() {}

  /// The facts in the file, and those known before where it says nothing.
  public static Model read(Mapping file, Model known) {
    var kind = file.read("kind", item -> item.word(Kind.class));
    var window = file.read("window", Item::tokens);
    var maxOutput = file.read("max_output", Item::tokens);
    var can = file.read("can", ModelFacts::capabilities);
    return new Model(
        known.id(),
        window == null ? known.windowTokens() : window,
        maxOutput == null ? known.maxOutputTokens() : maxOutput,
        can == null ? known.can() : can,
        kind == null ? known.embedding() : kind == Kind.EMBEDDING);
  }

  /// The model that a text names, or null, which is reported.
  public static @Nullable ModelId id(String text, Item place) {
    try {
      return ModelId.parse(text);
    } catch (IllegalArgumentException notOne) {
      place.error(
          Item.shown(text) + " is not a model",
          "write it as provider/model, like openai/gpt-5.4-nano");
      return null;
    }
  }

  private static Set<Capability> capabilities(Item item) {
    var can = EnumSet.noneOf(Capability.class);
    for (var word : item.list()) {
      var name = word.oneOf("capability", CAPABILITIES);
      if (name != null) {
        Capability.of(name).ifPresent(can::add);
      }
    }
    return can;
  }

  /// What a model makes.
  private enum Kind {
    CHAT,
    EMBEDDING
  }
}
