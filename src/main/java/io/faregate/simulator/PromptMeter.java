package io.faregate.simulator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts and fingerprints a prompt while it is read. The fingerprint is taken every 512 bytes of
/// message text (128 tokens), which is what [Cache] compares.
final class PromptMeter {
  private static final int BLOCK_BYTES = 512;
  private static final int BLOCK_TOKENS = 128;

  private static final long FNV_PRIME = 0x100000001b3L;

  private long textBytes;
  private long nextBlockAt = BLOCK_BYTES;
  private long otherBytes;
  private long hash = 0xcbf29ce484222325L;
  private int messages;
  private int images;
  private long[] blocks = new long[8];
  private int blockCount;

  /// A message ends here. Its role is part of the fingerprint, and costs 4 tokens with the framing.
  void message(String role, String text) {
    messages++;
    for (int i = 0; i < role.length(); i++) {
      hash = (hash ^ role.charAt(i)) * FNV_PRIME;
    }
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
  }

  private void character(char c) {
    hash = (hash ^ c) * FNV_PRIME;
    // A surrogate is half of a four-byte character.
    textBytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    if (textBytes >= nextBlockAt) {
      nextBlockAt += BLOCK_BYTES;
      if (blockCount == blocks.length) {
        blocks = Arrays.copyOf(blocks, blockCount * 2);
      }
      blocks[blockCount++] = hash;
    }
  }

  /// JSON that is part of the prompt but not of its cached prefix: tools, schemas.
  void json(long bytes) {
    otherBytes += bytes;
  }

  void image() {
    images++;
  }

  /// The prompt as [TokenCount] counts it.
  long tokens() {
    return 3 + 4L * messages + 85L * images + Math.ceilDiv(textBytes + otherBytes, 4L);
  }

  /// Chooses the answer, together with the provider's seed.
  long hash() {
    return Text.mix(hash);
  }

  /// The prompt prefixes that a provider remembers, per model: the last 65,536 blocks of 128
  /// tokens. Used on the provider's event loop only.
  static final class Cache {
    private static final int MOST_BLOCKS = 65_536;

    /// OpenAI caches prefixes from 1,024 tokens on.
    private static final int FIRST_BLOCK = 1_024 / BLOCK_TOKENS;

    private final Map<Long, Boolean> seen =
        new LinkedHashMap<>(1_024, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > MOST_BLOCKS;
          }
        };

    /// How many tokens of this prompt the model has seen before; remembers the prompt.
    long cachedTokens(String model, PromptMeter prompt) {
      long salt = Text.mix(model.hashCode());
      long cached = 0;
      boolean known = true;
      for (int i = FIRST_BLOCK - 1; i < prompt.blockCount; i++) {
        known &= seen.put(prompt.blocks[i] ^ salt, true) != null;
        if (known) {
          cached = (i + 1L) * BLOCK_TOKENS;
        }
      }
      return cached;
    }
  }
}
