package io.faregate.cli.value;

import io.faregate.money.Money;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an amount that is not negative.
public final class Dollars implements ITypeConverter<Money> {
  @Override
  public Money convert(String text) {
    try {
      var amount = Money.parse(text);
      if (amount.compareTo(Money.ZERO) >= 0) {
        return amount;
      }
    } catch (NumberFormatException _) {
      // Said below, as of a negative amount.
    }
    throw new TypeConversionException(
        "\"%s\" is no amount of dollars; write it like 0.0123 or '$0.0123'".formatted(text));
  }
}
