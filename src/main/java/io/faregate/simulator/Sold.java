package io.faregate.simulator;

import io.faregate.simulator.tongue.Sale;

/// A sale with its prices, and how it is going to be treated.
record Sold(Sale sale, SimulatedModel model, Conduct conduct) {}
