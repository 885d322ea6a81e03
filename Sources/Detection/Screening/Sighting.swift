import CaseModel
import TrailGraph

/// A pattern a screening search saw, in edges of the trail.
struct Sighting {
  let detector: String
  let kind: String
  /// In the order of the pattern, no repetition.
  let edges: [Int]
  /// The account or accounts the pattern turns on, first.
  let centres: [Int32]
  let measures: [Finding.Measure]
  let sentence: String
  /// What this search could not check, beside what none could.
  var cautions: [String] = []

  /// 20 × value ÷ limit of the binding measure, rounded down, at most 100.
  var score: Int {
    let binding = measures.compactMap(\.marginBasisPoints).min() ?? 10_000
    return min(100, binding * ScreeningReport.reportingScore / 10_000)
  }

  /// The sighting with what its parties did next, or before, in dealings they otherwise do not have.
  func with(_ more: [Int]) -> Sighting {
    Sighting(
      detector: detector, kind: kind, edges: edges + more, centres: centres,
      measures: measures + [
        .plain("dealings in which its parties meet again", "\(more.count)", limit: "none asked")
      ],
      sentence: sentence + " Its parties meet again in \(more.count) further dealings.",
      cautions: cautions)
  }

  /// The measure every shape has: how surprising it is beside how surprising the most surprising
  /// chance shape of a file of this size is expected to be.
  static func surprise(_ bits: Int, limit: Int) -> Finding.Measure {
    .atLeast(
      "surprise against the accounts' own background, in bits", Int128(bits), Int128(max(1, limit))
    ) { Bits.text(Int(clamping: $0)) }
  }
}

/// The limit of surprise that a file sets by itself.
///
/// Beside each search runs the same search for a *decoy*: a shape as likely by chance, which no scheme
/// has (a sum that grows at each hop, a layer whose halves lie weeks apart). What the decoys reach by
/// chance, the real shapes reach by chance too. The limit is the least at which, counted from the
/// strongest down, there are ten real shapes for each decoy.
enum Decoys {
  static let realForEachDecoy = 10

  static func limit(real: [Int], decoys: [Int], floor: Int) -> Int {
    let all =
      (real.filter { $0 >= floor }.map { (bits: $0, isDecoy: false) }
      + decoys.filter { $0 >= floor }.map { (bits: $0, isDecoy: true) })
      // At the same surprise the decoy counts first, which errs towards silence.
      .sorted { $0.bits != $1.bits ? $0.bits > $1.bits : $0.isDecoy && !$1.isDecoy }
    guard let strongest = all.first else { return floor }
    var (reals, lures) = (0, 0)
    var limit = strongest.bits + 1
    for item in all {
      if item.isDecoy { lures += 1 } else { reals += 1 }
      if lures * realForEachDecoy <= reals { limit = item.bits }
    }
    return lures == 0 ? floor : limit
  }
}

/// Seconds, named.
enum Span {
  static let hour: Int64 = 3600
  static let day: Int64 = 86_400
  /// A span in words: `3 days`, `18 hours`.
  static func text(_ seconds: Int64) -> String {
    seconds % day == 0 && seconds >= day ? "\(seconds / day) days" : "\(seconds / hour) hours"
  }
}
