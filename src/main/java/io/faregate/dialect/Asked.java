package io.faregate.dialect;

/// What a client asked for that its answer must be read by.
///
/// @param usage whether it wants usage at the end of a stream; if not, what we asked for is hidden
/// @param hourlyCache whether what it marked for the prompt cache is kept for an hour
/// @param bytes how long its body is, of which an answer may repeat much
public record Asked(boolean usage, boolean hourlyCache, int bytes) {
  /// Nothing.
  public static final Asked NOTHING = new Asked(false, false, 0);
}
