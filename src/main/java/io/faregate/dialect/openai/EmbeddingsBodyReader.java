package io.faregate.dialect.openai;

import io.faregate.call.Demand;
import io.faregate.call.Protocol;
import io.faregate.call.Segments;
import io.faregate.call.Work;
import io.faregate.dialect.Asked;
import io.faregate.dialect.Body;
import io.faregate.dialect.Cursor;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Edit;
import io.faregate.dialect.Part;
import io.faregate.dialect.body.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the body of an OpenAI Embeddings call. It is forwarded as it came but for the model name.
final class EmbeddingsBodyReader {
  /// Tokens that a model puts around each text.
  private static final long TEMPLATE_BOUND = 8;

  private final byte[] bytes;
  private final Cursor cursor;
  private final Members members;
  private @Nullable String model;
  private @Nullable String user;
  private int inputBytes = -1;
  private int inputs;

  EmbeddingsBodyReader(byte[] bytes) {
    this.bytes = bytes;
    this.cursor = new Cursor(bytes);
    this.members = new Members(bytes);
  }

  /// Reads the whole body.
  ///
  /// @throws DialectException if it is no Embeddings body
  Body read() {
    try (cursor) {
      cursor.document(this::member);
    }
    if (model == null || model.isEmpty()) {
      throw new DialectException("model is missing; vectors of two models do not mix", "model");
    }
    if (inputBytes < 0) {
      throw new DialectException("input is missing", "input");
    }
    return new EmbeddingsBody(bytes, members, demand(), work(model));
  }

  private void member(String name) {
    int from = cursor.nameStart();
    int value = cursor.start();
    members.begin(name);
    switch (name) {
      case "model" -> model = cursor.string();
      case "user" -> user = cursor.string();
      case "input" -> inputs();
      default -> {}
    }
    cursor.skip();
    int to = cursor.end();
    if (name.equals("input")) {
      inputBytes = to - value;
    }
    members.add(new Part(name, from, value, to));
  }

  private void inputs() {
    if (cursor.atArray()) {
      cursor.elements(() -> {
        inputs++;
        cursor.skip();
      });
    }
  }

  /// Input comes as text or as tokens in digits; neither has fewer bytes than tokens.
  private Demand demand() {
    var input = new Segments(0, inputBytes, 0, 0, 0, 0);
    var bound = inputBytes + (inputs + 1L) * TEMPLATE_BOUND;
    return new Demand(
        Protocol.EMBEDDINGS, input, List.of(), bound, 0L, 1, false, false, Set.of(), null);
  }

  private Work work(String model) {
    return new Work(null, null, null, null, model, null, null, user, null, null);
  }

  /// The body as it has been read.
  @SuppressWarnings("ArrayRecordComponent") // forwarded and never compared
  private record EmbeddingsBody(byte[] bytes, Members members, Demand demand, Work work)
      implements Body {
    @Override
    public Asked asked() {
      return Asked.NOTHING;
    }

    @Override
    public byte[] forProvider(Changes changes) {
      var edits = new ArrayList<Edit>(1);
      members.rename(changes.model(), edits);
      return Edit.apply(bytes, edits);
    }
  }
}
