package io.faregate.cli.terminal;

/// A command cannot do what it was asked to. The message is for the user: what failed, where, and
/// what to do next.
public final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// The exit code to end with.
  private final int exitCode;

  /// @param exitCode one of [ExitCode]
  public CliException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// The same with what led to it.
  public CliException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /// The exit code to end with.
  public int exitCode() {
    return exitCode;
  }
}
