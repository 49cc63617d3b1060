package io.faregate.main;

import io.faregate.cli.port.Servers.Stage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// The demo without its customers, and with a folder that goes when it is closed.
final class DemoStage implements Stage {
  private final Demo demo;
  private final Path data;

  DemoStage(Demo demo, Path data) {
    this.demo = demo;
    this.data = data;
  }

  @Override
  public URI url() {
    return URI.create("http://127.0.0.1:" + demo.wiring().port());
  }

  @Override
  public URI admin() {
    return URI.create(demo.wiring().adminUrl());
  }

  @Override
  public boolean recorded(Duration patience) {
    return demo.wiring().stored(patience);
  }

  @Override
  public void close() {
    demo.close();
    Demo.remove(data);
  }
}
