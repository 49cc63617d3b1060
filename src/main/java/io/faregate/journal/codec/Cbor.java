package io.faregate.journal.codec;

/// The first byte of a value in CBOR ([RFC 8949](https://www.rfc-editor.org/rfc/rfc8949), section
/// 3): three bits for its kind, and five for a number below 24, which is its value, length or size,
/// or for where to find that.
final class Cbor {
  static final int NUMBER = 0x00;
  static final int NEGATIVE = 0x20;
  static final int BYTES = 0x40;
  static final int TEXT = 0x60;
  static final int LIST = 0x80;
  static final int MAP = 0xa0;
  static final int TAG = 0xc0;
  static final int OTHER = 0xe0;
  static final int KIND = 0xe0;

  static final int ARGUMENT = 0x1f;
  static final int ONE_BYTE = 24;
  static final int TWO_BYTES = 25;
  static final int FOUR_BYTES = 26;
  static final int EIGHT_BYTES = 27;
  static final int UNTIL_END = 31;

  static final int FALSE = 0xf4;
  static final int TRUE = 0xf5;
  static final int NULL = 0xf6;
  static final int END = 0xff;

  private Cbor() {}
}
