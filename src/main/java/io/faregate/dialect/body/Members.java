package io.faregate.dialect.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.Edit;
import io.faregate.dialect.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/// The members of a body in the order in which they came, and the edits of them that several
/// dialects need.
public final class Members {
  private final byte[] bytes;
  private final List<Part> parts = new ArrayList<>(12);
  private final Set<String> names = new HashSet<>();

  /// @param bytes the body
  public Members(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Notes a member before its value is read.
  ///
  /// @throws DialectException if the body had it before: which one holds would be anybody's guess
  public void begin(String name) {
    if (!names.add(name)) {
      throw new DialectException("the body has \"" + name + "\" twice", name);
    }
  }

  /// Adds a member that has been read.
  public void add(Part member) {
    parts.add(member);
  }

  /// Every member in order.
  public List<Part> all() {
    return parts;
  }

  /// Whether the body has a member of that name.
  public boolean has(String name) {
    return names.contains(name);
  }

  /// The member of that name, or null.
  public @Nullable Part named(String name) {
    for (var member : parts) {
      if (member.name().equals(name)) {
        return member;
      }
    }
    return null;
  }

  /// Where the body's last brace stands: what is added goes before it.
  public int end() {
    int at = bytes.length - 1;
    while (bytes[at] != '}') {
      at--;
    }
    return at;
  }

  /// Puts another name of the model in the place of the client's.
  public void rename(String model, List<Edit> edits) {
    var member = named("model");
    if (member != null) {
      edits.add(new Edit(member.value(), member.to(), quoted(model)));
    }
  }

  /// Lowers the limits of output that are higher than the cap, as `null` is; where none is stated,
  /// the last of the names gets it.
  ///
  /// @param names of the members that limit the output
  public void cap(long cap, List<String> names, List<Edit> edits) {
    var number = Long.toString(cap);
    var stated = false;
    for (var name : names) {
      var limit = named(name);
      stated |= limit != null;
      if (limit != null && isOver(limit, cap)) {
        edits.add(new Edit(limit.value(), limit.to(), number));
      }
    }
    if (!stated) {
      edits.add(Edit.insert(end(), ",\"%s\":%s".formatted(names.getLast(), number)));
    }
  }

  private boolean isOver(Part limit, long cap) {
    var stated = new String(bytes, limit.value(), limit.to() - limit.value(), US_ASCII);
    return stated.equals("null") || Double.parseDouble(stated) > cap;
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + "\"";
  }
}
