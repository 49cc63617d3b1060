package io.faregate.simulator.tongue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts and fingerprints a prompt while it is read. The fingerprint is taken every 512 bytes of
/// message text (128 tokens), which is what [Cache] compares.
public final class PromptMeter {
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
  private final List<Mark> marks = new ArrayList<>();

  /// A place in the prompt: its fingerprint and tokens up to here, and for how long the client
  /// wants that kept; [Lifetime#UNASKED] if it does not.
  record Mark(long hash, long tokens, Lifetime lifetime) {}

  /// How long a marked prefix is kept.
  public enum Lifetime {
    UNASKED,
    FIVE_MINUTES,
    ONE_HOUR
  }

  /// What an explicitly marked prompt reads from a cache and writes to it, in tokens.
  public record Cached(long read, long written5m, long written1h) {
    /// No cache.
    public static final Cached NOTHING = new Cached(0, 0, 0);
  }

  /// A message ends here. Its role is part of the fingerprint, and costs 4 tokens with the framing.
  public void message(String role, String text) {
    messages++;
    for (int i = 0; i < role.length(); i++) {
      hash = (hash ^ role.charAt(i)) * FNV_PRIME;
    }
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
  }

  /// A part of the prompt that is no message of its own, like the tools of a dialect that caches
  /// them too.
  public void part(String text) {
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
  }

  /// A part of the prompt ends here, up to which it may be kept.
  public void mark(Lifetime lifetime) {
    marks.add(new Mark(hash(), tokens(), lifetime));
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
  public void json(long bytes) {
    otherBytes += bytes;
  }

  public void image() {
    images++;
  }

  /// The prompt as [TokenCount] counts it.
  public long tokens() {
    return 3 + 4L * messages + 85L * images + Math.ceilDiv(textBytes + otherBytes, 4L);
  }

  /// Chooses the answer, together with the provider's seed.
  public long hash() {
    return Text.mix(hash);
  }

  /// The prompt prefixes that a provider remembers, per model: the last 65,536 blocks of 128
  /// tokens. Used on the provider's event loop only.
  public static final class Cache {
    private static final int MOST_BLOCKS = 65_536;

    /// OpenAI and Anthropic cache prefixes from 1,024 tokens on.
    private static final int LEAST_TOKENS = 1_024;

    private static final int FIRST_BLOCK = LEAST_TOKENS / BLOCK_TOKENS;

    private final Map<Long, Boolean> seen =
        new LinkedHashMap<>(1_024, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > MOST_BLOCKS;
          }
        };

    /// How many tokens of this prompt the model has seen before; remembers the prompt.
    public long cachedTokens(String model, PromptMeter prompt) {
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

    /// What this prompt reads and writes by the marks in it; remembers them. Prefixes of less than
    /// 1,024 tokens are not kept.
    public Cached marked(String model, PromptMeter prompt) {
      long salt = Text.mix(~model.hashCode());
      long read = 0;
      for (Mark mark : prompt.marks) {
        if (seen.get(mark.hash() ^ salt) != null) {
          read = mark.tokens();
        }
      }
      long end = read;
      long written5m = 0;
      long written1h = 0;
      for (Mark mark : prompt.marks) {
        if (mark.lifetime() != Lifetime.UNASKED && mark.tokens() >= LEAST_TOKENS) {
          seen.put(mark.hash() ^ salt, true);
          long more = Math.max(0, mark.tokens() - end);
          end += more;
          written5m += mark.lifetime() == Lifetime.FIVE_MINUTES ? more : 0;
          written1h += mark.lifetime() == Lifetime.ONE_HOUR ? more : 0;
        }
      }
      return new Cached(read, written5m, written1h);
    }
  }
}
