package io.faregate.cli.top;

import java.util.List;

/// What can be drawn on, and has keys. Used by one thread.
interface Screen {
  int rows();

  int columns();

  /// Shows lines, which may be coloured, from the top; what does not fit is cut.
  void draw(List<String> lines);

  /// Waits for a key, but no longer than that; its code, or a negative number when none came.
  int key(long millis);
}
