package io.faregate.simulator.traffic;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The shape of real traffic, made again from its published quantiles rather than copied: lengths
/// are lognormal, arrivals a Poisson stream whose rate follows the hour of the day and wanders by
/// the minute.
///
/// Source: the quantiles of the conversation trace of Azure LLM inference 2023 (Patel et al.,
/// Splitwise, ISCA 2024, CC-BY-4.0): input 1,020 at the median and 2,734 at the 90th percentile,
/// output 129 and 424 tokens, busiest minute 1.5 times the mean.
final class Shape {
  private static final double NORMAL_P90 = 1.2816;
  private static final double MINUTE_SIGMA = 0.18;

  private final RandomGenerator chance;
  private double minuteFactor = 1;

  Shape(RandomGenerator chance) {
    this.chance = chance;
  }

  /// A length with that median and 90th percentile, within a factor of twelve of the median.
  int length(int median, int p90) {
    var sigma = Math.log((double) p90 / median) / NORMAL_P90;
    var length = median * Math.exp(sigma * chance.nextGaussian());
    return (int) Math.clamp(length, median / 12.0, median * 12.0);
  }

  /// Starts another minute: busier or quieter than the last one.
  void nextMinute() {
    minuteFactor = Math.exp(MINUTE_SIGMA * chance.nextGaussian());
  }

  /// The wait until the next arrival.
  ///
  /// @param perSecond the mean rate over a whole day
  /// @param hour of the day, with a fraction
  Duration gap(double perSecond, double hour) {
    var rate = perSecond * ofDay(hour) * minuteFactor;
    return Duration.ofNanos((long) (-Math.log(1 - chance.nextDouble()) / rate * 1e9));
  }

  /// How busy an hour of the day is; the mean over a day is one, noon to evening are busiest.
  static double ofDay(double hour) {
    return 1 + 0.7 * Math.cos(2 * Math.PI * (hour - 14) / 24);
  }
}
