package io.faregate.admin;

/// A request to the admin port that cannot be answered: with the status of HTTP, a stable code,
/// what happened, and what to do next.
final class AdminException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String next;

  AdminException(int status, String code, String message, String next) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.next = next;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String next() {
    return next;
  }

  /// What happened; never null here.
  String what() {
    return String.valueOf(getMessage());
  }
}
