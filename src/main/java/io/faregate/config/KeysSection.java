package io.faregate.config;

import io.faregate.call.Caller;
import io.faregate.call.ModelId;
import io.faregate.config.catalogue.ModelFacts;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.Nearest;
import io.faregate.config.yaml.ValueText;
import io.faregate.policy.Key;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `keys`: who may call, known by the hash of a key only.
final class KeysSection {
  /// The plan of a key that leaves it to the call.
  static final String FROM_REQUEST = "from_request";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MOST_HASHES = 2;
  private static final int MOST_CONCURRENT = 1_000_000;

  private final Names names;
  private final ZoneId zone;
  private final Map<String, String> owners = new HashMap<>();

  /// @param zone of days that name no time
  KeysSection(Names names, ZoneId zone) {
    this.names = names;
    this.zone = zone;
  }

  List<Key> read(Mapping root) {
    var keys = new ArrayList<Key>();
    for (var item : Objects.requireNonNullElse(root.read("keys", Item::list), List.<Item>of())) {
      var key = key(item.mapping());
      if (key != null && keys.stream().anyMatch(other -> other.name().equals(key.name()))) {
        item.error("two keys are called " + key.name(), "rename one of them");
      } else if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  private @Nullable Key key(Mapping file) {
    var name = file.require("name", KeysSection::name, "name it, as rows and limits will");
    var plans = new ArrayList<>(names.plans());
    plans.add(FROM_REQUEST);
    var plan = file.read("plan", item -> item.oneOf("plan", plans));
    var fromRequest = FROM_REQUEST.equals(plan);
    var caller =
        new Caller(
            Objects.requireNonNullElse(name, ""),
            file.read("workflow", item -> item.oneOf("workflow", names.workflows())),
            fromRequest ? null : plan,
            fromRequest,
            file.read("task", item -> item.oneOf("task", names.tasks())),
            file.read("pin", Item::bool, false),
            file.read("models", this::models, List.<ModelId>of()));
    var sha256 =
        file.require(
            "sha256",
            item -> hashes(item, caller.key()),
            "make a key and its hash with `faregate keys new`");
    var key =
        new Key(
            caller,
            Objects.requireNonNullElse(sha256, List.of()),
            file.read("rate", KeysSection::rate),
            file.read("concurrency", Item.integer(1, MOST_CONCURRENT)),
            file.read("expires", this::expiry),
            LimitsSection.budgets(file));
    file.end();
    return name == null ? null : key;
  }

  private static @Nullable String name(Item item) {
    var name = item.text();
    if (name == null) {
      return null;
    }
    if (!NAME.matcher(name).matches()) {
      item.error(
          Item.shown(name) + " is not a name",
          "use up to 64 of a-z, 0-9, dot, dash and underscore, the first a letter or digit");
    } else if (name.equals(Caller.IMPLICIT.key())) {
      item.error(
          "no key can be called " + name, "rows mean by it that there was no key; rename it");
    }
    return name;
  }

  private List<String> hashes(Item item, String owner) {
    var hashes = new ArrayList<String>();
    var items = item.listOrOne();
    if (items.size() > MOST_HASHES) {
      item.error(
          item.path() + " holds more than two hashes", "keep the new one and the one it replaces");
    }
    for (var element : items) {
      var hash = element.text();
      if (hash == null) {
        continue;
      }
      if (!SHA256.matcher(hash).matches()) {
        element.error(
            element.path() + " is not a SHA-256 hash of 64 lower-case hex digits",
            "`faregate keys new` prints one; the key itself never stands in this file");
        continue;
      }
      var other = owners.putIfAbsent(hash, owner);
      if (other != null) {
        element.error(
            "the same hash stands at the key " + Item.shown(other), "make a key for each of them");
      }
      hashes.add(hash);
    }
    return hashes;
  }

  private List<ModelId> models(Item item) {
    var models = new ArrayList<ModelId>();
    for (var element : item.list()) {
      var text = element.text();
      var id = text == null ? null : ModelFacts.id(text, element);
      if (id != null && !names.providers().contains(id.provider())) {
        element.error(
            "unknown provider %s in %s".formatted(Item.shown(id.provider()), element.path()),
            Nearest.fix(id.provider(), names.providers()));
      } else if (id != null) {
        models.add(id);
      }
    }
    return models;
  }

  private static @Nullable Long rate(Item item) {
    var rate = item.value(ValueText::perMinute, "a rate", "write it like 600/m or 10/s");
    if (rate != null && rate == 0) {
      item.error(item.path() + " must be more than zero", "remove the key to allow no call");
    }
    return rate;
  }

  private @Nullable Instant expiry(Item item) {
    return item.value(
        text -> ValueText.instant(text, zone),
        "a day or an instant",
        "write it like 2027-01-31 or 2027-01-31T12:00:00Z");
  }
}
