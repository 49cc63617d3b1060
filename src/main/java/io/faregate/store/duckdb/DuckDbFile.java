package io.faregate.store.duckdb;

import io.faregate.ledger.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/// Opens DuckDB closed in: its SQL cannot reach other files, load extensions or change a setting,
/// whatever a query says.
final class DuckDbFile {
  private static final String MEMORY = "jdbc:duckdb:";

  /// A transaction that fills a group of rows writes it into the file at once; what does not fill
  /// one is copied into the table, into the log, and once more at a checkpoint.
  private static final String ATTACH = "ATTACH ? AS ledger (ROW_GROUP_SIZE 4096)";

  private static final String ATTACH_TO_READ = "ATTACH ? AS ledger (READ_ONLY)";
  private static final String USE = "USE ledger";
  private static final String DENY_OTHER_FILES = "SET enable_external_access = false";
  private static final String SET_TIME_ZONE = "SET TimeZone = 'UTC'";
  private static final String LOCK_CONFIGURATION = "SET lock_configuration = true";

  /// A larger log takes more memory at a checkpoint than there is, and no less time for each row.
  private static final String CHECKPOINT_THRESHOLD = "16MB";

  /// Blocks that are not given back to the system between transactions, which would have to clear
  /// their pages anew.
  private static final String BLOCKS_KEPT = "64MB";

  private DuckDbFile() {}

  static DuckDBConnection open(DuckDbLedger.Settings settings) {
    try {
      var parent = settings.file().toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return connect(settings, ATTACH);
    } catch (IOException e) {
      throw new StoreException("cannot make the directory of " + settings.file(), e);
    }
  }

  static DuckDBConnection openToRead(DuckDbLedger.Settings settings) {
    return connect(settings, ATTACH_TO_READ);
  }

  /// Another connection to the file that one has opened.
  static DuckDBConnection another(DuckDBConnection connection) throws SQLException {
    var other = connection.duplicate();
    try (var use = other.createStatement()) {
      use.execute(USE);
      return other;
    } catch (SQLException e) {
      other.close();
      throw e;
    }
  }

  /// A file's row groups can be chosen only where it is attached, so it is not the database that
  /// the connection is made to.
  private static DuckDBConnection connect(DuckDbLedger.Settings settings, String attach) {
    try {
      var connection = (DuckDBConnection) DriverManager.getConnection(MEMORY, properties(settings));
      try (var file = connection.prepareStatement(attach);
          var statement = connection.createStatement()) {
        file.setString(1, settings.file().toString());
        file.execute();
        statement.execute(USE);
        statement.execute(DENY_OTHER_FILES);
        statement.execute(SET_TIME_ZONE);
        statement.execute(LOCK_CONFIGURATION);
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreException(
          "cannot open the store %s; if another process has it, stop that or ask it: %s"
              .formatted(settings.file(), e.getMessage()),
          e);
    }
  }

  private static Properties properties(DuckDbLedger.Settings settings) {
    var properties = new Properties();
    properties.setProperty("memory_limit", settings.memoryLimit());
    properties.setProperty("threads", Integer.toString(settings.threads()));
    properties.setProperty("temp_directory", settings.file() + ".tmp");
    properties.setProperty("checkpoint_threshold", CHECKPOINT_THRESHOLD);
    properties.setProperty("block_allocator_memory", BLOCKS_KEPT);
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    return properties;
  }
}
