package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.Protocol;
import io.faregate.dialect.Answer;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Failure;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.translate.hub.ClientSide;
import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Trouble;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Relays a provider's stream in the dialect of the client. Nothing goes out before the first
/// content, and an answer is complete only when its provider said so.
final class TranslatedStream implements StreamReader {
  private static final int MAX_OPENING = 1024 * 1024;

  /// What the writers hold of an answer until it is complete grows with it; a whole answer may be
  /// as large. Source: RELIABILITY R10.
  private static final long MAX_ANSWER = 32 * 1024 * 1024;

  /// What a piece costs besides its text.
  private static final int PIECE = 32;

  private final ProviderSide.PieceReader reader;
  private final ClientSide client;
  private final ClientSide.PieceWriter writer;
  private final StringBuilder opening = new StringBuilder();

  /// How much of the opening is the first piece: a response repeats in it what the client asked.
  private int beginning;

  /// The first half of a character that a provider cut in two, which has no bytes yet.
  private String half = "";

  private @Nullable String model;
  private @Nullable String failure;
  private Carriage.@Nullable Refused refused;
  private boolean started;
  private boolean complete;
  private long pieces;
  private long textBytes;

  TranslatedStream(ProviderSide.PieceReader reader, ClientSide client, Terms terms) {
    this.reader = reader;
    this.client = client;
    this.writer = client.stream(terms);
  }

  @Override
  public byte[] relay(byte[] piece) {
    return write(reader.read(piece));
  }

  @Override
  public byte[] end() {
    return write(reader.end());
  }

  private byte[] write(List<Piece> read) {
    var out = new StringBuilder();
    for (var said : read) {
      var whole = whole(said);
      if (whole != null) {
        note(whole);
        var written = writer.write(whole);
        beginning += whole instanceof Piece.Started ? written.length() : 0;
        out.append(written);
      }
    }
    if (!started) {
      opening.append(out);
      if (opening.length() - beginning > MAX_OPENING) {
        throw new DialectException(
            "the stream opens with over 1 MiB without content", (String) null);
      }
      return new byte[0];
    }
    var all = opening.append(out).toString();
    opening.setLength(0);
    return all.getBytes(UTF_8);
  }

  /// Events of a response are numbered, and its error repeats what came so far; those of the other
  /// dialects stand alone.
  @Override
  public byte[] error(Failure told, Dialect dialect) {
    if (dialect.protocol() != Protocol.RESPONSES) {
      return dialect.streamError(told);
    }
    var call = told.call() == null ? "" : " (" + told.call() + ")";
    var kind = Trouble.Kind.of(told.status());
    var trouble = new Trouble(0, kind, told.message() + call, told.code(), null);
    return writer.write(new Piece.Failed(trouble)).getBytes(UTF_8);
  }

  @Override
  public Carriage.@Nullable Refused refused() {
    return refused;
  }

  @Override
  public boolean started() {
    return started;
  }

  @Override
  public Answer answer() {
    var spent = reader.spent();
    return new Answer(
        Optional.ofNullable(spent.usage()),
        spent.contradicts(),
        model,
        spent.service(),
        textBytes,
        pieces,
        complete,
        failure);
  }

  private void note(Piece piece) {
    switch (piece) {
      case Piece.Started begun -> model = begun.model().isEmpty() ? null : begun.model();
      case Piece.Text(var text) -> content(text);
      case Piece.Thought(var text) -> content(text);
      case Piece.ToolStarted call -> content(call.name());
      case Piece.Arguments(_, var json) -> content(json);
      case Piece.Signed _, Piece.SealedThought _, Piece.ToolEnded _ -> {}
      case Piece.Ended _ -> {
        started = true;
        complete = true;
      }
      case Piece.Failed(var trouble) -> {
        failure = trouble.code() == null ? trouble.kind().openai() : trouble.code();
        refused = started ? null : Translated.refused(client, trouble);
      }
    }
  }

  private void content(String text) {
    started = true;
    pieces++;
    textBytes += text.getBytes(UTF_8).length;
    if (textBytes + PIECE * pieces > MAX_ANSWER) {
      throw new DialectException("the answer grows over 32 MiB", (String) null);
    }
  }

  /// The piece with whole characters only; null if it is no more than half of one.
  private @Nullable Piece whole(Piece piece) {
    return switch (piece) {
      case Piece.Text(var text) -> {
        var joined = joined(text);
        yield joined.isEmpty() ? null : new Piece.Text(joined);
      }
      case Piece.Thought(var text) -> {
        var joined = joined(text);
        yield joined.isEmpty() ? null : new Piece.Thought(joined);
      }
      case Piece.Arguments(var tool, var json) -> {
        var joined = joined(json);
        yield joined.isEmpty() ? null : new Piece.Arguments(tool, joined);
      }
      case Piece.Started _,
          Piece.Signed _,
          Piece.SealedThought _,
          Piece.ToolStarted _,
          Piece.ToolEnded _,
          Piece.Ended _,
          Piece.Failed _ ->
          piece;
    };
  }

  private String joined(String text) {
    var all = half + text;
    boolean cut = !all.isEmpty() && Character.isHighSurrogate(all.charAt(all.length() - 1));
    half = cut ? all.substring(all.length() - 1) : "";
    return cut ? all.substring(0, all.length() - 1) : all;
  }
}
