package io.faregate.config.yaml;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Keys and values of the file. The keys that were asked for are the valid ones, so that the
/// grammar stands nowhere but in the code that reads it: whoever has asked for all of them calls
/// [#end].
public final class Mapping {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final Item item;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  Mapping(Item item, List<NodeTuple> entries) {
    this.item = item;
    for (var entry : entries) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        this.entries.putIfAbsent(key.getValue(), entry);
      }
    }
  }

  /// The value that this mapping is, for problems with the whole of it.
  public Item item() {
    return item;
  }

  /// The value of a key, or null where the key is absent.
  public @Nullable Item item(String key) {
    asked.add(key);
    return value(key);
  }

  /// Makes keys valid that are read only where they are there.
  public void allow(String... keys) {
    asked.addAll(List.of(keys));
  }

  /// Whether the key is there.
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /// The value of a key as the method reads it; null where it is absent or wrong.
  public <T> @Nullable T read(String key, Function<Item, @Nullable T> reader) {
    var value = item(key);
    return value == null ? null : reader.apply(value);
  }

  /// The value of a key as the method reads it, or another one where it is absent or wrong.
  public <T> T read(String key, Function<Item, @Nullable T> reader, T otherwise) {
    var value = item(key);
    var read = value == null ? null : reader.apply(value);
    return read == null ? otherwise : read;
  }

  /// The value of a key that has to be there, as the method reads it.
  public <T> @Nullable T require(String key, Function<Item, @Nullable T> reader, String fix) {
    var value = item(key);
    if (value == null && !item.isMapping()) {
      // That it is no mapping is reported already, and says more.
      return null;
    }
    if (value == null) {
      var where = item.path().isEmpty() ? "the file" : item.path();
      item.errorAtKey(where + " has no " + key, fix);
      return null;
    }
    return reader.apply(value);
  }

  /// The keys and values under a key; without any where it is absent.
  public Mapping mapping(String key) {
    var value = item(key);
    return value == null ? new Mapping(item.unplaced(key), List.of()) : value.mapping();
  }

  /// All values by their keys, in the order of the file, where every key is valid.
  public Map<String, Item> all() {
    asked.addAll(entries.keySet());
    var items = new LinkedHashMap<String, Item>();
    entries.forEach((name, entry) ->
        items.put(name, item.child(entry.getKeyNode(), name, entry.getValueNode())));
    return items;
  }

  /// All values by names that the user chose, which headers and paths of URLs have to carry.
  public Map<String, Item> named() {
    for (var name : entries.keySet()) {
      if (!NAME.matcher(name).matches()) {
        key(name)
            .error(
                Item.shown(name) + " is not a name",
                "use up to 64 of a-z, 0-9, dot, dash and underscore, the first a letter or digit");
      }
    }
    return all();
  }

  /// The key itself, for problems with a name that the user chose.
  public Item key(String name) {
    var key = Objects.requireNonNull(entries.get(name)).getKeyNode();
    return item.child(key, name, key);
  }

  /// The value at the end of a way from here (`tasks.faq.fallback`), or the last one on it that is
  /// there. Names may hold dots: the longest key that fits is followed.
  public Item nearest(String way) {
    return entries.keySet().stream()
        .filter(key -> way.startsWith(key) && endsAt(way, key.length()))
        .max(Comparator.comparingInt(String::length))
        .map(key ->
            Objects.requireNonNull(value(key))
                .nearest(way.substring(key.length()).replaceFirst("^\\.", "")))
        .orElse(item);
  }

  private static boolean endsAt(String way, int end) {
    return way.length() == end || way.charAt(end) == '.' || way.charAt(end) == '[';
  }

  /// Notes for each of the keys that is there that it has no effect in this version.
  public void later(String... notYet) {
    for (var key : notYet) {
      var value = value(key);
      if (value != null) {
        value.later();
      }
    }
  }

  /// Reports every key that nobody asked for, with the nearest valid one.
  public void end() {
    for (var key : entries.keySet()) {
      if (!asked.contains(key)) {
        var where = item.path().isEmpty() ? "" : " in " + item.path();
        var fix =
            key.equals("<<")
                ? "merge keys are not read: write the values out"
                : Nearest.fix(key, asked);
        key(key).error("unknown key " + Item.shown(key) + where, fix);
      }
    }
  }

  private @Nullable Item value(String key) {
    var entry = entries.get(key);
    return entry == null ? null : item.child(entry.getKeyNode(), key, entry.getValueNode());
  }
}
