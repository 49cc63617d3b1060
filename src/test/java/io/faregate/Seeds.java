package io.faregate;

import java.util.Random;
import java.util.function.Consumer;

/// Runs a property with chance from seeds, as many as `-Dseeds` says. A failure names its seed,
/// with which [#one(long,Consumer)] repeats it.
public final class Seeds {
  private Seeds() {}

  /// Runs the property for each seed from 1.
  ///
  /// @param usual how many seeds, unless the command line says otherwise
  public static void each(int usual, Consumer<Random> property) {
    var told = System.getProperty("seeds", "");
    int count = told.isEmpty() ? usual : Integer.parseInt(told);
    for (int seed = 1; seed <= count; seed++) {
      one(seed, property);
    }
  }

  /// Runs the property for one seed.
  public static void one(long seed, Consumer<Random> property) {
    try {
      property.accept(new Random(seed));
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
    }
  }
}
