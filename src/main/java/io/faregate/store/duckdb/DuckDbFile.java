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
  private static final String SET_TIME_ZONE = "SET TimeZone = 'UTC'";

  /// A checkpoint writes an unfinished group of rows anew each time, so it should not come often; a
  /// log of that size is read again within a second when the process has died.
  private static final String CHECKPOINT_THRESHOLD = "64MB";

  private static final String LOCK_CONFIGURATION = "SET lock_configuration = true";

  private DuckDbFile() {}

  static DuckDBConnection open(DuckDbLedger.Settings settings) {
    try {
      var parent = settings.file().toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return connect(settings, properties(settings));
    } catch (IOException e) {
      throw new StoreException("cannot make the directory of " + settings.file(), e);
    }
  }

  static DuckDBConnection openToRead(DuckDbLedger.Settings settings) {
    var properties = properties(settings);
    properties.setProperty("duckdb.read_only", "true");
    return connect(settings, properties);
  }

  private static DuckDBConnection connect(DuckDbLedger.Settings settings, Properties properties) {
    try {
      var connection =
          (DuckDBConnection)
              DriverManager.getConnection("jdbc:duckdb:" + settings.file(), properties);
      try (var statement = connection.createStatement()) {
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
    properties.setProperty("checkpoint_threshold", CHECKPOINT_THRESHOLD);
    properties.setProperty("enable_external_access", "false");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    // Shared instances would outlive an invalidated one that must be opened anew.
    properties.setProperty("jdbc_instance_cache", "false");
    return properties;
  }
}
