package io.faregate.store;

import io.faregate.ledger.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/// Brings the tables of a store to this version: numbered files, each applied once, in order, never
/// changed afterwards and never taken back.
public final class Migrations {
  private static final List<String> FILES =
      List.of("001_ledger.sql", "002_premium.sql", "003_problem.sql", "004_missing.sql");

  private static final String CREATE_META =
      """
      CREATE TABLE IF NOT EXISTS meta (
        number INTEGER PRIMARY KEY,
        name   TEXT NOT NULL,
        sha256 TEXT NOT NULL
      )
      """;

  private static final String SELECT_META =
      """
      SELECT number, name, sha256
      FROM meta
      ORDER BY number
      """;

  private static final String INSERT_META =
      """
      INSERT INTO meta (number, name, sha256)
      VALUES (?, ?, ?)
      """;

  private Migrations() {}

  /// Applies what is missing, each file with its record in one transaction.
  ///
  /// @throws StoreException if a newer version made the store, or its tables are not those that the
  ///   files describe
  public static void apply(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute(CREATE_META);
      connection.commit();
      for (int number = check(connection) + 1; number <= FILES.size(); number++) {
        var sql = read(FILES.get(number - 1));
        statement.execute(sql);
        record(connection, number, sql);
        connection.commit();
      }
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }

  /// Whether a file is still to be applied.
  ///
  /// @throws StoreException if a newer version made the store, or another
  public static boolean missing(Connection connection) throws SQLException {
    return check(connection) < FILES.size();
  }

  /// The number of the last migration applied, 0 for none, all of them being ours and unchanged.
  ///
  /// @throws StoreException if they are not
  private static int check(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(SELECT_META)) {
      int last = 0;
      while (rows.next()) {
        last = rows.getInt(1);
        if (last > FILES.size()) {
          throw new StoreException(
              "the store has format %d, and this Faregate reads up to %d: start the newer one"
                  .formatted(last, FILES.size()));
        }
        if (!rows.getString(3).equals(digest(read(FILES.get(last - 1))))) {
          throw new StoreException(
              "the store was made by another " + rows.getString(2) + " than the one shipped here");
        }
      }
      return last;
    }
  }

  private static void record(Connection connection, int number, String sql) throws SQLException {
    try (var insert = connection.prepareStatement(INSERT_META)) {
      insert.setInt(1, number);
      insert.setString(2, FILES.get(number - 1));
      insert.setString(3, digest(sql));
      insert.executeUpdate();
    }
  }

  private static String read(String file) {
    try (var resource = Migrations.class.getResourceAsStream(file)) {
      if (resource == null) {
        throw new IllegalStateException("the migration " + file + " is not in this build");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException("cannot read the migration " + file, e);
    }
  }

  private static String digest(String sql) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(sql.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
