import CaseModel
import Foundation
import Tracing

/// Measures tracing: numbering a ledger, running every method, unkind shapes, a whole case.
///
/// Prints `name value unit` lines; needs no database. Times are the machine's, ratios are ours.
@main
struct TraceBench {
  static func main() throws {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    for steps in options.sizes {
      try measure(steps: steps, options)
      if steps == 10_000 { try allowedMethods(steps: steps) }
    }
    for shape in options.shapes {
      for steps in options.shapeSizes { try measure(shape, steps: steps, options) }
    }
    if options.measuresCase { try MadeCase(entries: 10_000).measure() }
  }

  /// Each method on one mixed ledger, in the bank's order, then first in first out in the others.
  private static func measure(steps: Int, _ options: Options) throws {
    Measure.resetPeak()
    let (ledger, making) = Measure.time {
      var made = MadeLedger(steps: steps)
      return made.ledger()
    }
    report("made_\(steps)", making, "s")
    report("made_peak_\(steps)", Measure.peakMiB(), "MiB")
    let before = Measure.processorSeconds()
    let prepared = try ledger.prepared()
    report("prepare_\(steps)", Measure.processorSeconds() - before, "s")
    for name in options.methods {
      for order in SameDayOrder.allCases where order == .bankSequence || name == "fifo" {
        for recordsPaths in options.pathChoices where !recordsPaths || order == .bankSequence {
          let label =
            "\(name)\(order == .bankSequence ? "" : "_" + order.rawValue)"
            + (recordsPaths ? "_paths" : "") + "_\(steps)"
          try run(prepared, name, order, recordsPaths: recordsPaths, label, steps: steps)
        }
      }
    }
  }

  private static func run(
    _ prepared: PreparedLedger, _ name: String, _ order: SameDayOrder, recordsPaths: Bool,
    _ label: String, steps: Int
  ) throws {
    let method = try TracingCatalogue.method(named: name)
    Measure.resetPeak()
    let before = Measure.processorSeconds()
    let (counts, seconds) = try Measure.time {
      try prepared.counts(
        by: method, under: TracingPolicy(sameDayOrder: order, backwardTracing: true),
        recordsPaths: recordsPaths)
    }
    report(label, (Measure.processorSeconds() - before) * 1e9 / Double(steps), "ns/step")
    report(label + "_wall", seconds, "s")
    report(label + "_peak", Measure.peakMiB(), "MiB")
    if recordsPaths { report(label + "_movements", counts.movements, "") }
  }

  /// What the sensitivity table of the United Kingdom profile asks for: five methods, three orders,
  /// and backward tracing for each; then the same with paths, as for a claim.
  private static func allowedMethods(steps: Int) throws {
    var made = MadeLedger(steps: steps)
    let ledger = made.ledger()
    for recordsPaths in [false, true] {
      let before = Measure.processorSeconds()
      let (_, seconds) = try Measure.time {
        let prepared = try ledger.prepared()
        for name in ["rolling_pro_rata", "pari_passu", "fifo", "libr", "oatway"] {
          let method = try TracingCatalogue.method(named: name)
          for order in SameDayOrder.allCases {
            for backward in [false, true] {
              _ = try prepared.counts(
                by: method,
                under: TracingPolicy(sameDayOrder: order, backwardTracing: backward),
                recordsPaths: recordsPaths)
            }
          }
        }
      }
      let label = "allowed_30_runs\(recordsPaths ? "_paths" : "")_\(steps)"
      report(label, Measure.processorSeconds() - before, "s")
      report(label + "_wall", seconds, "s")
    }
  }

  private static func measure(_ shape: Shape, steps: Int, _ options: Options) throws {
    let ledger = shape.ledger(steps: steps)
    let prepared = try ledger.prepared()
    for name in options.methods {
      for recordsPaths in options.pathChoices {
        let label = "\(shape.rawValue)_\(name)\(recordsPaths ? "_paths" : "")_\(steps)"
        try run(
          prepared, name, .bankSequence, recordsPaths: recordsPaths, label, steps: steps)
      }
    }
  }
}
