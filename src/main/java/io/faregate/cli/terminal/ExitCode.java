package io.faregate.cli.terminal;

/// How a command ends, as the process tells the shell. Source: PRODUCT §4.
public final class ExitCode {
  /// All is well.
  public static final int FINE = 0;

  /// The command worked and has something to complain about.
  public static final int FINDING = 1;

  /// The command line is not one.
  public static final int USAGE = 2;

  /// The configuration has errors.
  public static final int BAD_CONFIGURATION = 3;

  /// A server, a store or a file cannot be reached.
  public static final int UNREACHABLE = 4;

  private ExitCode() {}
}
