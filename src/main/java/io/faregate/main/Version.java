package io.faregate.main;

/// Which Faregate this is.
final class Version {
  /// As the jar says; a run from classes says so.
  static final String CURRENT = current();

  private Version() {}

  private static String current() {
    var stated = Version.class.getPackage().getImplementationVersion();
    return stated == null ? "unpackaged" : stated;
  }
}
