package io.faregate.config.yaml;

import io.faregate.config.yaml.Problem.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A value of the file, its place and the way to it (`limits.deadline`). A reading method that
/// finds something else than it looks for reports that and answers null.
public final class Item {
  private static final int SHOWN = 40;

  /// Long words of letters and digits are keys more often than they are names.
  private static final Pattern SECRET_LIKE =
      Pattern.compile("(sk|fg|pk|api|key|Bearer|AIza|gsk|xai)[-_ ].*|[A-Za-z0-9+/_=-]{28,}");

  private static final Pattern ELEMENT = Pattern.compile("\\[(\\d{1,6})]\\.?");
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,15}");

  private final @Nullable Way way;
  private final Node place;
  private final Node node;
  private final Problems problems;

  /// The file as a whole.
  Item(Node node, Problems problems) {
    this(null, node, node, problems);
  }

  /// @param place the key that it stands at, where problems with what is missing are reported
  private Item(@Nullable Way way, Node place, Node node, Problems problems) {
    this.way = way;
    this.place = place;
    this.node = node;
    this.problems = problems;
  }

  /// The way to a value, put together only when somebody asks: of most there is nothing to say.
  ///
  /// @param before null at the top of the file
  private record Way(@Nullable Way before, String joint, String name) {
    String text() {
      return before == null ? name : before.text() + joint + name;
    }
  }

  /// The way to it from the top of the file: `tasks.faq.tier`.
  public String path() {
    return way == null ? "" : way.text();
  }

  /// Reports that the file cannot be used because of this value.
  public void error(String message, String fix) {
    problems.add(node.getStartMark(), Severity.ERROR, message, fix);
  }

  /// Reports that this value hardly means what it should.
  public void warn(String message, @Nullable String fix) {
    problems.add(node.getStartMark(), Severity.WARNING, message, fix);
  }

  /// Reports at the key that something is wrong with the value as a whole.
  public void errorAtKey(String message, String fix) {
    problems.add(place.getStartMark(), Severity.ERROR, message, fix);
  }

  /// Reports something that the file as a whole shows: at the value, or at the key of several.
  public void report(Severity severity, String message, String fix) {
    var mark = node instanceof ScalarNode ? node.getStartMark() : place.getStartMark();
    problems.add(mark, severity, message, fix);
  }

  /// Reports at the key that the value has no effect in this version.
  public void later() {
    later(path());
  }

  /// Reports that what is called so has no effect in this version.
  public void later(String what) {
    problems.add(
        place.getStartMark(),
        Severity.NOTE,
        what + " is read and checked, but not yet in effect in this version",
        null);
  }

  /// Whether it is a mapping.
  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  /// Whether it is a list.
  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /// Text of at least one character.
  public @Nullable String text() {
    if (isNull()) {
      error(path() + " has no value", "give it one, or remove the key");
      return null;
    }
    if (node instanceof ScalarNode scalar) {
      if (!scalar.getValue().isBlank()) {
        return scalar.getValue();
      }
      error(path() + " is empty", "give it a value, or remove the key");
    } else {
      error(path() + " must be one value, not " + kind(), "write it as " + lastKey() + ": value");
    }
    return null;
  }

  /// The value of a text, by a method that answers empty for what it cannot read.
  ///
  /// @param expected what it must be, after "is not": `a duration`
  public <T> @Nullable T value(Function<String, Optional<T>> parse, String expected, String fix) {
    var text = text();
    if (text == null) {
      return null;
    }
    var value = parse.apply(text);
    if (value.isEmpty()) {
      error("%s is %s, which is not %s".formatted(path(), shown(text), expected), fix);
    }
    return value.orElse(null);
  }

  /// Tokens, at least one.
  public @Nullable Long tokens() {
    return positive(
        value(ValueText::tokens, "a number of tokens", "write it like 4000, 4k or 1M"), 0L);
  }

  /// Bytes, at least one.
  public @Nullable Long bytes() {
    return positive(value(ValueText::bytes, "a size", "write it like 512MiB or 8GiB"), 0L);
  }

  /// Nano-dollars, at least one.
  public @Nullable Long nanoUsd() {
    return positive(money(), 0L);
  }

  /// Nano-dollars, from none.
  public @Nullable Long money() {
    var text = scalar();
    var digits = text.replaceAll("[$,_]", "");
    if (text.equals("$" + digits) && ValueText.isNumber(digits)) {
      return value(
          ValueText::nanoUsd,
          "an amount of money up to $9,223,372,036 to the nano-dollar",
          "write a smaller one, with at most nine places");
    }
    var fix = ValueText.isNumber(digits) ? "write $" + digits : "write it like $50 or $0.25";
    return value(ValueText::nanoUsd, "an amount of money", fix);
  }

  /// Time that is longer than none, and at most that: what is longer is a slip of the pen, and
  /// would overflow where it is counted in nanoseconds.
  ///
  /// @param most as the file would write it: `1d`
  public static Function<Item, @Nullable Duration> duration(String most) {
    var bound = ValueText.duration(most).orElseThrow();
    return item -> {
      var time = ValueText.isTime(item.scalar());
      var read =
          item.value(
              text -> ValueText.duration(text).filter(each -> each.compareTo(bound) <= 0),
              time ? "a duration in whole milliseconds up to " + most : "a duration",
              time
                  ? "write it like 10ms or 30s, and at most " + most
                  : "write it like 10ms, 30s, 5m, 12h or 1d");
      return item.positive(read, Duration.ZERO);
    };
  }

  /// Millionths of a share from 0% to 100%.
  public @Nullable Long share() {
    var text = scalar();
    // Nearly all have their sign, and a large worksheet has tens of thousands of them.
    var bare = !text.endsWith("%") && ValueText.isNumber(text);
    var fix = bare ? percentage(new BigDecimal(text)) : "write it like 10%";
    var places =
        bare || !ValueText.isNumber(text.replace("%", "")) ? "" : " with at most four places";
    return value(ValueText::share, "a share from 0% to 100%" + places, fix);
  }

  /// A number without its sign is a percentage, or, if it is small, more likely a part of one.
  private static String percentage(BigDecimal number) {
    var percent = number.toPlainString();
    if (number.signum() == 0 || number.compareTo(BigDecimal.ONE) > 0) {
      return "write " + percent + "%";
    }
    var part = number.movePointRight(2).stripTrailingZeros().toPlainString();
    return "write %s%%, or %s%% if so little is meant".formatted(part, percent);
  }

  /// `true` or `false`.
  public @Nullable Boolean bool() {
    return value(
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            },
        "true or false",
        "write true or false");
  }

  /// A whole number within bounds, both included.
  public static Function<Item, @Nullable Integer> integer(int least, int most) {
    return item ->
        item.value(
            text ->
                INTEGER.matcher(text).matches()
                    ? Optional.of(Long.parseLong(text))
                        .filter(number -> number >= least && number <= most)
                        .map(Math::toIntExact)
                    : Optional.empty(),
            "a whole number from %d to %d".formatted(least, most),
            "write a number in that range");
  }

  /// One of the constants, written in lower case.
  public <E extends Enum<E>> @Nullable E word(Class<E> type) {
    var constants = Arrays.asList(type.getEnumConstants());
    var words = constants.stream().map(word -> word.name().toLowerCase(Locale.ROOT)).toList();
    var text = oneOf("value", words);
    return text == null ? null : constants.get(words.indexOf(text));
  }

  /// The name of a thing that is defined elsewhere.
  ///
  /// @param what what it names: `tier`
  public @Nullable String oneOf(String what, Collection<String> valid) {
    var text = text();
    if (text == null || valid.contains(text)) {
      return text;
    }
    error("unknown %s %s in %s".formatted(what, shown(text), path()), Nearest.fix(text, valid));
    return null;
  }

  /// The items of a list that has at least one.
  public List<Item> list() {
    if (!(node instanceof SequenceNode list)) {
      error(path() + " must be a list, not " + kind(), "write it as " + lastKey() + ": [a, b]");
      return List.of();
    }
    if (list.getValue().isEmpty()) {
      error(path() + " is an empty list", "name at least one, or remove the key");
    }
    var items = new ArrayList<Item>();
    for (var element : list.getValue()) {
      items.add(new Item(new Way(way, "", "[" + items.size() + "]"), element, element, problems));
    }
    return items;
  }

  /// The items of a list, or a single value as a list of one.
  public List<Item> listOrOne() {
    return isList() ? list() : List.of(this);
  }

  /// Keys and their values. What is no mapping reads as one without any key.
  public Mapping mapping() {
    if (node instanceof MappingNode mapping) {
      return new Mapping(this, mapping.getValue());
    }
    if (isNull()) {
      error(path() + " has no value", "give it one, or remove the key");
    } else {
      var name = path().isEmpty() ? "the file" : path();
      error(name + " must hold keys and values, not " + kind(), "write it as key: value");
    }
    return new Mapping(this, List.of());
  }

  /// The value at the end of a way from here (`[1].name`, `low.models[0]`), or the last one on it
  /// that is there.
  Item nearest(String way) {
    if (node instanceof MappingNode) {
      return mapping().nearest(way);
    }
    var index = ELEMENT.matcher(way);
    if (node instanceof SequenceNode list && index.lookingAt()) {
      var at = Integer.parseInt(index.group(1));
      return at < list.getValue().size()
          ? list().get(at).nearest(way.substring(index.end()))
          : this;
    }
    return this;
  }

  /// The value as a JSON document.
  public String json() {
    return JsonText.of(node);
  }

  /// The value as it may be shown in a message: short, and never a secret.
  public static String shown(String text) {
    if (SECRET_LIKE.matcher(text).matches()) {
      return "\"" + text.substring(0, Math.min(3, text.length())) + "...\" (not shown)";
    }
    var line = text.replaceAll("\\p{Cntrl}", " ");
    return "\"" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + "\"";
  }

  Node node() {
    return node;
  }

  Item child(Node key, String name, Node value) {
    return new Item(new Way(way, ".", name), key, value, problems);
  }

  Item unplaced(String name) {
    return new Item(new Way(way, ".", name), place, node, problems);
  }

  private <T extends Comparable<T>> @Nullable T positive(@Nullable T value, T zero) {
    if (value != null && value.compareTo(zero) <= 0) {
      error(path() + " must be more than zero", "give it a larger value, or remove the key");
      return null;
    }
    return value;
  }

  /// The value as it is written; empty for keys and values or a list.
  private String scalar() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  private String kind() {
    return switch (node) {
      case MappingNode _ -> "keys and values";
      case SequenceNode _ -> "a list";
      default -> "a single value";
    };
  }

  private String lastKey() {
    var path = path();
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
