package io.faregate.store;

import java.sql.SQLException;

/// What a batch adds to one table of sums.
public interface Changes {
  /// Writes a row for each sum that changes.
  void write(RowWriter row) throws SQLException;
}
