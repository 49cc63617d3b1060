package io.faregate.cli.value;

import io.faregate.config.yaml.ValueText;
import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a share of one as per cent: `10%` is 0.1.
public final class Share implements ITypeConverter<BigDecimal> {
  private static final int MILLIONTH_DIGITS = 6;

  @Override
  public BigDecimal convert(String text) {
    return ValueText.share(text)
        .map(millionths -> BigDecimal.valueOf(millionths, MILLIONTH_DIGITS))
        .orElseThrow(() ->
            new TypeConversionException(
                "\"%s\" is no share from 0%% to 100%%; write it like 10%%".formatted(text)));
  }
}
