package io.faregate.simulator;

import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.UsageHabit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a call itself asks of the simulator, so that any client can force any fault without a
/// restart: markers `[[sim:name=value; name=value]]` in the last user message, or the same items in
/// the header `x-sim`. `[[sim@alpha:...]]` speaks to the provider named `alpha` only.
/// `docs/simulator.md` lists the items.
public final class Markers {
  private static final String OPEN = "[[sim";

  /// An event is made in several copies; with the heap that `faregate sim` has, this is 30 MB.
  private static final long MOST_HUGE_BYTES =
      Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 6);

  static final Set<String> NAMES =
      Set.of(
          "tokens",
          "say",
          "tool",
          "reasoning",
          "input",
          "cached",
          "written",
          "written1h",
          "status",
          "retry",
          "billed",
          "context",
          "delay",
          "first",
          "gap",
          "reset",
          "silence",
          "cut",
          "cutbytes",
          "malformed",
          "usage",
          "error",
          "nodone",
          "end",
          "huge",
          "pieces",
          "trailing",
          "type",
          "times");
  private static final Markers NONE = new Markers();

  private final Map<String, String> items = new HashMap<>();
  private final List<String> tools = new ArrayList<>();

  private Markers() {}

  /// @throws Decline 400, if an item is unknown or its value makes no sense
  static Markers read(String text, String header, String provider) {
    int at = text.indexOf(OPEN);
    if (at < 0 && header.isEmpty()) {
      return NONE;
    }
    var markers = new Markers();
    markers.items(header);
    while (at >= 0) {
      int colon = text.indexOf(':', at);
      int end = text.indexOf("]]", at);
      if (colon < 0 || end < colon) {
        throw Decline.badRequest("a [[sim:...]] marker is not closed");
      }
      String scope = text.substring(at + OPEN.length(), colon);
      if (scope.isEmpty() || scope.equals("@" + provider)) {
        markers.items(text.substring(colon + 1, end));
      }
      at = text.indexOf(OPEN, end);
    }
    return markers;
  }

  /// These and further items, as they stand in a header.
  Markers with(String more) {
    if (more.isEmpty()) {
      return this;
    }
    var markers = new Markers();
    markers.items.putAll(items);
    markers.tools.addAll(tools);
    markers.items(more);
    return markers;
  }

  private void items(String list) {
    for (String item : list.split(";", -1)) {
      int equals = item.indexOf('=');
      String name = (equals < 0 ? item : item.substring(0, equals)).strip();
      String value = equals < 0 ? "" : item.substring(equals + 1).strip();
      if (name.isEmpty()) {
        continue;
      }
      if (!NAMES.contains(name)) {
        throw Decline.badRequest("unknown simulator marker `%s`".formatted(name));
      }
      if (name.equals("tool")) {
        tools.add(value);
      } else {
        items.put(name, value);
      }
    }
  }

  /// The tools to call, in order.
  List<String> tools() {
    return tools;
  }

  boolean given(String name) {
    return items.containsKey(name);
  }

  String text(String name) {
    return items.getOrDefault(name, "");
  }

  /// A whole number from 0 on, or `otherwise` if the item is not given.
  int count(String name, int otherwise) {
    String value = items.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int count = Integer.parseInt(value);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Told below, together with the negative ones.
    }
    throw Decline.badRequest("simulator marker `%s` needs a whole number".formatted(name));
  }

  /// The faults asked for.
  List<Fault> faults() {
    if (items.isEmpty()) {
      return List.of();
    }
    var faults = new ArrayList<Fault>();
    boolean billed = given("billed");
    if (given("status")) {
      int status = count("status", 0);
      if (status < 400 || status > 599) {
        throw Decline.badRequest("simulator marker `status` needs 400 to 599");
      }
      faults.add(new Fault.Status(status, "", count("retry", -1), billed));
    }
    add(faults, "context", new Fault.ContextExceeded());
    add(faults, "reset", new Fault.Reset(billed));
    add(faults, "silence", new Fault.Silence());
    add(faults, "nodone", new Fault.DoneMissing());
    add(faults, "end", new Fault.SilentEnd(count("end", 0)));
    add(faults, "huge", new Fault.HugeEvent(hugeBytes()));
    add(faults, "trailing", new Fault.TrailingError());
    add(faults, "pieces", new Fault.Pieces(Math.max(1, count("pieces", 1))));
    add(faults, "type", new Fault.ContentType(contentType()));
    add(faults, "cut", new Fault.CutAfterEvents(count("cut", 0)));
    add(faults, "cutbytes", new Fault.CutAfterBytes(count("cutbytes", 0)));
    add(faults, "malformed", new Fault.Malformed(count("malformed", 0)));
    add(faults, "error", new Fault.ErrorInside(count("error", 0)));
    add(faults, "delay", new Fault.Delay(Fault.Place.HEAD, time("delay")));
    add(faults, "first", new Fault.Delay(Fault.Place.FIRST_EVENT, time("first")));
    add(faults, "gap", new Fault.Delay(Fault.Place.EVERY_EVENT, time("gap")));
    if (given("usage")) {
      faults.add(new Fault.OddUsage(usageHabit()));
    }
    return faults;
  }

  private void add(List<Fault> faults, String name, Fault fault) {
    if (given(name)) {
      faults.add(fault);
    }
  }

  private int hugeBytes() {
    int bytes = count("huge", 0);
    if (bytes > MOST_HUGE_BYTES) {
      throw Decline.badRequest(
          "simulator marker `huge` takes at most %d, which is what its memory bears"
              .formatted(MOST_HUGE_BYTES));
    }
    return bytes;
  }

  private String contentType() {
    String type = text("type");
    if (type.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw Decline.badRequest("simulator marker `type` needs what a header can carry");
    }
    return type;
  }

  private UsageHabit usageHabit() {
    for (UsageHabit habit : UsageHabit.values()) {
      if (habit.name().toLowerCase(Locale.ROOT).equals(text("usage"))) {
        return habit;
      }
    }
    throw Decline.badRequest("simulator marker `usage` does not know this habit");
  }

  private Duration time(String name) {
    String value = items.get(name);
    if (value == null) {
      return Duration.ZERO;
    }
    try {
      if (value.endsWith("ms")) {
        return Duration.ofMillis(Integer.parseUnsignedInt(value.substring(0, value.length() - 2)));
      }
      if (value.endsWith("s")) {
        return Duration.ofSeconds(Integer.parseUnsignedInt(value.substring(0, value.length() - 1)));
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw Decline.badRequest("simulator marker `%s` needs a time: 250ms, 2s".formatted(name));
  }
}
